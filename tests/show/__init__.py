"""Tests of showing: sentences, marks, exports."""
