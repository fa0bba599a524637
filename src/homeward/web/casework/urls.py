"""Addresses of the casework pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.casework import views

app_name = "casework"
urlpatterns = [
    path("analyses/", views.analyses, name="analyses"),
    path("analyses/report.css", views.report_stylesheet, name="report-stylesheet"),
    path("analyses/<uuid:public_id>/", views.analysis, name="analysis"),
    path("analyses/<uuid:public_id>/result.json", views.result, name="result"),
    path("analyses/<uuid:public_id>/report.html", views.report, name="report"),
    path("analyses/<uuid:public_id>/inputs/<uuid:input_id>", views.original, name="original"),
]
