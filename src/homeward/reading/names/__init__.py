"""People, parties and places: the names that are known, and how mentions of one become one."""
