"""Addresses of the API. All of them are behind one door, so that a stranger does not learn which there are."""

from __future__ import annotations

from django.urls import re_path

from homeward.web.api.door import door

urlpatterns = [re_path("", door)]
