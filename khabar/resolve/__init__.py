"""Mentions to the world: pure functions; the look-ups are handed in."""
