"""Addresses of all pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("homeward.web.accounts.urls")),
    path("", include("homeward.web.casework.urls")),
]
