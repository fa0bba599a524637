"""The record for programs: JSON over HTTP, described by OpenAPI, with the same permissions as the pages."""
