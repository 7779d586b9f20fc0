"""Pages of judgement: scorecards, rating, reports, verifying, the auditor's lists."""
