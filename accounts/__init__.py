"""Who is asking: people, organisations, roles, the three gates, the audit trail and job rows."""
