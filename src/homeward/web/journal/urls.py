"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.journal, name="journal"),
    path("<slug:noun>/<str:code>/", views.history, name="history"),
]
