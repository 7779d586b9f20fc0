"""Who is judged: providers, their evidence and their self-assessments."""
