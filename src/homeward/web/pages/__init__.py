"""The frame of the record's pages: lists, rows, forms, and the two times that every page is read as of."""
