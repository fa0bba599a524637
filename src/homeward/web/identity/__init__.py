"""Numbers that things and people are known by, and what was merged, split and renumbered."""
