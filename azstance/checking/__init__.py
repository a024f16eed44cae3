"""The gate for new articles: what is wrong with a file, and what stands out against its outlet."""
