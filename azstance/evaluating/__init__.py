"""How well sentences are coded: codes of the program, or of a second coder, against codes given."""
