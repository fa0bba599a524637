"""Sorting: which bones can belong to one person, by measurements and a reference collection."""
