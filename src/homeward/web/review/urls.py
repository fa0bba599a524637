"""Addresses of the review."""

from __future__ import annotations

from django.urls import path

from homeward.web.review import views

app_name = "review"
urlpatterns = [
    path("documents/<str:code>/review/", views.drafts, name="drafts"),
    path("documents/<str:code>/review/read", views.read, name="read"),
    path("documents/<str:code>/review/<uuid:draft>/accept", views.accept, name="accept"),
    path("documents/<str:code>/review/<uuid:draft>/correct", views.correct, name="correct"),
    path("documents/<str:code>/review/<uuid:draft>/link", views.link, name="link"),
    path("documents/<str:code>/review/<uuid:draft>/reject", views.reject, name="reject"),
    path("documents/<str:code>/review/<uuid:draft>/undo", views.undo, name="undo"),
]
