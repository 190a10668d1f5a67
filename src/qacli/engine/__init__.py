"""SQL over big files: DuckDB embedded."""
