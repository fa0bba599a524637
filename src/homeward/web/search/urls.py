"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.search import views

app_name = "search"
urlpatterns = [
    path("search", views.search, name="search"),
]
