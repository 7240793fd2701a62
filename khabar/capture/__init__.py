"""Web and files to versions: all that fetches or takes a document apart stands here."""
