"""Trials of the promises in docs/reliability.md: small counts in the tests, full ones by ``make torture``."""
