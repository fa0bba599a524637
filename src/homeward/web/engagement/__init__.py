"""How remains come home: contacts, meetings, requests, agreements, operations, deliveries, handovers."""
