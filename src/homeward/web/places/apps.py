"""The app of places."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places: where things were, how surely, and what they were called when."""

    name = "homeward.web.places"
    verbose_name = "Places"
