"""The journal: every change, who made it and why, chained so that nothing can be altered unseen."""
