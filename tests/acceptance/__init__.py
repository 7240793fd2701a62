"""Acceptance: the whole command, as a person meets it."""
