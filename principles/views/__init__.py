"""Pages of the yardstick."""
