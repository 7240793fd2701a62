"""Text to claims: one version in, one reading out; pure but for parse.py, which loads the parser."""
