"""Measurements on PostgreSQL with realistic volumes. They print a table and assert no time."""
