"""Claims to events, lineage, changes and control: pure functions over records."""
