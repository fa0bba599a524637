"""Bones: what is there, how many people at least, which bones can belong together, and who they may have been."""
