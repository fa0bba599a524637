"""The record: a Django project that keeps analyses and shows them to those entitled."""
