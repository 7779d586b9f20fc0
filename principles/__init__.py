"""The yardstick: frameworks and their editions, criteria, scales, measures and value sets."""
