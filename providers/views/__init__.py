"""Pages of self-assessment and evidence."""
