"""The book of the missing: people, where and when they were lost, their families and donors."""
