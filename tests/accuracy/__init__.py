"""How well the project's own sentences are read, held by floors; and that no text makes the reader stumble."""
