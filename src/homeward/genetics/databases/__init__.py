"""What comes with Homeward: allele frequencies of populations, kits, and STR loci with their mutation counts."""
