"""Addresses of the pages of the laboratory."""

from __future__ import annotations

from django.urls import path

from homeward.web.laboratory import compare_views, import_views, suspicion_views

app_name = "laboratory"
urlpatterns = [
    path("laboratory/suspicions/", suspicion_views.suspicions, name="suspicions"),
    path("laboratory/profiles/<slug:code>/", suspicion_views.suspected, name="suspected"),
    path("laboratory/profiles/<slug:code>/clear/<int:number>/", suspicion_views.clear, name="clear"),
    path("laboratory/profiles/<slug:code>/exchange/", suspicion_views.exchange, name="exchange"),
    path("laboratory/profiles/<slug:code>/consensus/", suspicion_views.consensus, name="consensus"),
    path("laboratory/compare/", compare_views.compare, name="compare"),
    path("laboratory/comparisons/<uuid:public_id>/", compare_views.comparison, name="comparison"),
    path("laboratory/import/", import_views.bring_in, name="import"),
    path("laboratory/measurements/", import_views.measurements, name="measurements"),
]
