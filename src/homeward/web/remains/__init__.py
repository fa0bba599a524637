"""The book of the remains: transfer cases, accessions, bones, samples, and who held them when."""
