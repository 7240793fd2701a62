"""Golden articles: a folder per case, from input bytes to what the ledger says."""
