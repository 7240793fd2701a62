"""The desk: server-rendered pages over a ledger's View. Reads only; asks nobody outside; works with scripting off."""
