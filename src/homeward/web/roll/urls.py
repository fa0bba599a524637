"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.roll import due_views, keeping_views, search_views

app_name = "roll"
urlpatterns = [
    path("roll/", search_views.search, name="search"),
    path("roll/statistics/<slug:noun>/<str:code>/", search_views.statistic, name="statistic"),
    path("roll/statistics/<slug:noun>/<str:code>/list.csv", search_views.statistic_list, name="statistic-list"),
    path("roll/<str:code>/status/<slug:kind>", keeping_views.status, name="status"),
    path("families/due/", due_views.due, name="due"),
    path("families/<str:code>/relatives/new", keeping_views.new_relative, name="new-relative"),
]
