"""The rules of the linter, by what they look at. Each yields remarks; none stops another."""
