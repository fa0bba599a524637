"""Databases that come with Homeward: alleles counted in populations, and STR loci with their mutation counts."""
