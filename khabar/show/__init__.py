"""For people and other tools: reads the ledger, writes nothing to it."""
