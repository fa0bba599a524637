"""Parties, their offices, and the people who held them."""
