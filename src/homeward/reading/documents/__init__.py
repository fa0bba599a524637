"""Files of several formats as clean text, each character with the place in the original that it came from."""
