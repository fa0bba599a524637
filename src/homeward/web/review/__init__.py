"""Reviewing what was drafted from documents, before any of it becomes a row of the record."""
