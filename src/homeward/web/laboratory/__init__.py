"""What the laboratory measured and typed."""
