"""English: lexicon and rules."""
