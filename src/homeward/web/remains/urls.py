"""Addresses of this app's own pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.remains import accession_views, custody_views, inventory_import_views, label_views, register_views

app_name = "remains"
urlpatterns = [
    path("register/", register_views.register, name="register"),
    path("register/scan/", register_views.scan, name="scan"),
    path("register/take-over/", custody_views.take_over_page, name="take-over"),
    path("register/send/", custody_views.send_page, name="send"),
    path("register/transfers/<str:code>/receive", custody_views.receive_page, name="receive"),
    path("register/transfers/<str:code>/turn-back", custody_views.turn_back_page, name="turn-back"),
    path("register/cases/<str:code>/open", accession_views.open_page, name="open"),
    path("register/cases/<str:code>/place", accession_views.decide_place, name="place"),
    path("register/inventory/<str:code>/", accession_views.inventory, name="inventory"),
    path("register/inventory/<str:code>/complete", accession_views.complete, name="complete"),
    path("register/inventory/<str:code>/count", accession_views.count_again, name="count"),
    path("register/inventory/<str:code>/import", inventory_import_views.import_page, name="import"),
    path("register/bones/<str:code>/sample", accession_views.cut_page, name="cut"),
    path("custody/<slug:noun>/<str:code>/", custody_views.custody, name="custody"),
    path("labels/", label_views.labels, name="labels"),
]
