"""What a notebook needs at hand: families in words, profiles from tables, the LR of pedigrees, and how it is shown."""

from homeward.notebook.comparison import ExplainedLR, Kinship, Sensitivity
from homeward.notebook.family_tree import FamilyTree, pedigree, pedigree_from_rows
from homeward.notebook.panels import panel
from homeward.notebook.questions import kinship
from homeward.notebook.ready_made import (
    avuncular,
    cousins,
    grandparent,
    half_siblings,
    identical_twins,
    parent_child,
    siblings,
    trio,
    unrelated,
)

__all__ = [
    "ExplainedLR",
    "FamilyTree",
    "Kinship",
    "Sensitivity",
    "avuncular",
    "cousins",
    "grandparent",
    "half_siblings",
    "identical_twins",
    "kinship",
    "panel",
    "parent_child",
    "pedigree",
    "pedigree_from_rows",
    "siblings",
    "trio",
    "unrelated",
]
