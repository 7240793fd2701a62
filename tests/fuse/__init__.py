"""Tests of fusing: revisions, copies, events, control."""
