"""Places: where things were, how surely, and what they were called when."""
