"""Words and sentences with their places in a text."""
