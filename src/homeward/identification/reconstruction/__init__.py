"""Which relationships, and which pedigrees, explain the profiles of a few people best."""
