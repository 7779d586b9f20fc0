"""How bids will be decided, as plain data: the model, its text, its linter, the rules of a regime.

Pure Python: no Django, no clock, no database.
"""
