"""A folder of results in Parquet: made unit by unit, by one machine or many, and asked with SQL."""
