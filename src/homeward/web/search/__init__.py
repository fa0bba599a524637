"""Searching the record: one box over documents, claims, names in every script, events and codes."""
