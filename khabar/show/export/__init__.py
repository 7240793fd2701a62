"""One file per form: records in, plain dictionaries or lines out. Nothing here opens a file or asks the ledger."""
