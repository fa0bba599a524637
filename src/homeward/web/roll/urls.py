"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.roll import search_views

app_name = "roll"
urlpatterns = [
    path("roll/", search_views.search, name="search"),
    path("roll/statistics/<slug:noun>/<str:code>/", search_views.statistic, name="statistic"),
    path("roll/statistics/<slug:noun>/<str:code>/list.csv", search_views.statistic_list, name="statistic-list"),
]
