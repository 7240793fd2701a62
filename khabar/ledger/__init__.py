"""The record: append-only, content ids, one writer."""
