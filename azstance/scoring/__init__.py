"""Scores: counts of sentences, and what follows from them, with intervals."""
