"""Tests that hold the documents true."""
