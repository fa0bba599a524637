"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.sources import conflict_views, document_views

app_name = "sources"
urlpatterns = [
    path("documents/", document_views.documents, name="documents"),
    path("documents/new", document_views.new_document, name="new-document"),
    path("documents/<str:code>/original", document_views.original, name="original"),
    path("conflicts/", conflict_views.conflicts, name="conflicts"),
    path("conflicts/<str:code>/<slug:action>", conflict_views.act, name="act"),
]
