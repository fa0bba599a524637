"""Checks of families before they are used: inheritance, sexes, pairs, and what explains best."""
