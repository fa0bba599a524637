"""The app of engagement."""

from __future__ import annotations

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """How remains come home: contacts, meetings, requests, agreements, operations, deliveries, handovers."""

    name = "homeward.web.engagement"
    verbose_name = "Engagement"
