"""Makes the two books of the worked example: src/homeward/examples/worked_books."""
