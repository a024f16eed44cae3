"""The spaCy layer: what knows spaCy is in this package, and nothing of spaCy leaves it."""
