"""Lineage markers: mitochondrial DNA and Y-STR haplotypes, and how they differ."""
