"""Analyses that were recorded, and who looked at them."""
