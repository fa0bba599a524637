"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.identity import duplicate_views, views

app_name = "identity"
urlpatterns = [
    path("numbers/", views.numbers, name="numbers"),
    path("numbers/undo/<str:code>/", views.undo_page, name="undo"),
    path("numbers/individual/<str:code>/split", views.split_page, name="split"),
    path("numbers/<slug:noun>/<str:code>/merge", views.merge_page, name="merge"),
    path("numbers/<slug:noun>/<str:code>/renumber", views.renumber_page, name="renumber"),
    path("roll/duplicates/", duplicate_views.duplicates, name="duplicates"),
    path("roll/duplicates/<str:first>/<str:second>/", duplicate_views.pair, name="pair"),
]
