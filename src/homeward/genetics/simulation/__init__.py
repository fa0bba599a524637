"""Simulation: genes dropped through pedigrees, what a degraded sample still shows, and whole cases of known truth."""
