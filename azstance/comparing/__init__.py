"""Comparisons of two or more articles or sources."""
