"""The classifier: from cues, words, meaning and context to calibrated codes."""
