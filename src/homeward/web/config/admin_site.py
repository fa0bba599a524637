"""The site of the Django admin: who is let in, by our own way of signing in, and rows that are only looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:  # only type checkers give Django's class a type parameter
    AnyAdmin = admin.ModelAdmin

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

OURS = frozenset({"logout", "password_change", "password_change_done"})
"""Pages of the admin that our account pages take the place of."""


class RecordAdminSite(admin.AdminSite):
    """Lets administrators in who signed in by our own pages, second factor included."""

    site_header = "Homeward administration"
    site_title = "Homeward administration"
    index_title = "Accounts, and rows to be looked at"
    enable_nav_sidebar = False

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Return a page that only administrators see: others are refused, and strangers sign in first."""
        guarded = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                return guarded(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())

        return cast(View, update_wrapper(answer, guarded))

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send whoever comes here to our own page."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.path))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the admin, without those that our account pages take the place of."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in OURS]


class ReadOnlyAdmin(AnyAdmin):
    """Rows that are looked at here and changed elsewhere, or never; ``note`` says where."""

    note = ""
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted here."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say on the list why nothing can be changed."""
        return super().changelist_view(request, {**(extra_context or {}), "note": self.note})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say on the page of a row why nothing can be changed."""
        return super().render_change_form(request, {**context, "note": self.note}, *args, **kwargs)
