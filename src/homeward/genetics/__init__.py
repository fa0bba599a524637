"""Panels, mutation, profiles, pedigrees and the likelihood of families."""
