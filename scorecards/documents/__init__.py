"""Making, signing and checking the documents of a scorecard."""
