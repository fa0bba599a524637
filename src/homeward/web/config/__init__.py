"""Settings, addresses and what surrounds every page."""
