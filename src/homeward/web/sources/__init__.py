"""Documents and what they say: statements, figures, and where they contradict each other."""
