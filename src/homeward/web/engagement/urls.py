"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.engagement import brief_views, views

app_name = "engagement"
urlpatterns = [
    path("brief/<str:code>/", brief_views.page, name="brief"),
    path("brief/<str:code>/brief.pdf", brief_views.pdf, name="brief-pdf"),
    path("timeline/", views.whole_timeline, name="timeline"),
    path("timeline/party/<str:code>/", views.timeline_of_party, name="timeline-of-party"),
    path("timeline/place/<str:code>/", views.timeline_of_place, name="timeline-of-place"),
]
