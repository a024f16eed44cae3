"""The work on many articles: by one engine per process, with what was worked out before."""
