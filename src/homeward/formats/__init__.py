"""One module per file format: read to containers, containers to write."""
