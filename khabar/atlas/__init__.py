"""What is known of the world: read-only reference tables, compiled once from packages and curated files."""
