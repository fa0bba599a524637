"""Addresses of all pages."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from homeward.web.config.home import home

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("homeward.web.accounts.urls")),
    path("record/", include("homeward.web.pages.urls")),
    path("journal/", include("homeward.web.journal.urls")),
    path("api/", include("homeward.web.api.urls")),
    path("", include("homeward.web.sources.urls")),
    path("", include("homeward.web.review.urls")),
    path("", include("homeward.web.engagement.urls")),
    path("", include("homeward.web.remains.urls")),
    path("", include("homeward.web.search.urls")),
    path("", include("homeward.web.roll.urls")),
    path("", include("homeward.web.casework.urls")),
    path("", include("homeward.web.identity.urls")),
    path("", include("homeward.web.laboratory.urls")),
    path("", home, name="home"),
]
