"""Words: how text becomes terms, and where each term stands."""
