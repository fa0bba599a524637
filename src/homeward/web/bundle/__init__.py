"""The whole record as files: the bundle, which any program can read, and the backup, which restores everything."""
