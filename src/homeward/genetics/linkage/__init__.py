"""Linked loci: recombination, the joint likelihood of the loci of a chromosome, and haplotypes passed on."""
