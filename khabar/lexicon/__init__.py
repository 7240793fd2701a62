"""What words mean: tables in YAML that a linguist edits without Python, and their frozen records."""
