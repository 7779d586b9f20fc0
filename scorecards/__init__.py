"""The judgement: ratings, opinions, scoring and reports."""
