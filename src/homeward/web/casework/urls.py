"""Addresses of the casework pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.casework import case_views, views

app_name = "casework"
urlpatterns = [
    path("cases/", case_views.cases, name="cases"),
    path("cases/<str:code>/sign", case_views.signature, name="sign"),
    path("cases/do/<slug:name>/<str:code>", case_views.do, name="do"),
    path("waiting/", case_views.waiting, name="waiting"),
    path("analyses/", views.analyses, name="analyses"),
    path("analyses/report.css", views.report_stylesheet, name="report-stylesheet"),
    path("analyses/<uuid:public_id>/", views.analysis, name="analysis"),
    path("analyses/<uuid:public_id>/result.json", views.result, name="result"),
    path("analyses/<uuid:public_id>/report.html", views.report, name="report"),
    path("analyses/<uuid:public_id>/inputs/<uuid:input_id>", views.original, name="original"),
]
