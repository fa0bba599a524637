"""The app of reviewing."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """What a document seems to say, proposed for a person to accept, correct, link or reject."""

    name = "homeward.web.review"
    verbose_name = "Review"
