"""Errors, provenance and progress: what every layer needs and no science."""
