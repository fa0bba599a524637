"""Homeward: the open system that accounts for the missing of wars and disasters."""

__version__ = "0.1.0"
