"""How two people are related: what a pedigree says, what their profiles say, and what it is called."""
