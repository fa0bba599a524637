"""Addresses of the record's pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.pages import keeping_views, views

app_name = "record"
urlpatterns = [
    path("", views.everything, name="everything"),
    path("<slug:noun>/", views.rows, name="rows"),
    path("<slug:noun>/new", keeping_views.new, name="new"),
    path("<slug:noun>/<str:code>/", views.row, name="row"),
    path("<slug:noun>/<str:code>/amend", keeping_views.change, name="amend"),
    path("<slug:noun>/<str:code>/withdraw", keeping_views.take_back, name="withdraw"),
]
