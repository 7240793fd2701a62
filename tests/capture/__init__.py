"""Tests of khabar.capture: bad inputs, canonical text, versions, extraction, and the fetcher on loopback."""
