"""Reading documents: from a saved page to drafts of what it says, each with the words that say it.

Plain Python: no database, no network. `homeward.reading.read.read_document` is the one call.
"""
