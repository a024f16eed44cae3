"""The spaCy layer: everything that knows spaCy is in this package, and nothing of spaCy leaves it."""
