"""What people and programs read: documents, drawings and the report of a case."""
