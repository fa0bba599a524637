"""Giving out accounts: for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from homeward.web.accounts.actions import add_user, generate_password, replace_roles, set_active
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.config.admin_site import AnyAdmin, ReadOnlyAdmin

if TYPE_CHECKING:
    UserModelForm = forms.ModelForm[User]
else:  # only type checkers give Django's class a type parameter
    UserModelForm = forms.ModelForm


class AddUserForm(UserModelForm):
    """The name and the roles of a new user; the password is made up and shown once."""

    roles = forms.MultipleChoiceField(
        choices=[(role.value, f"{role.value}. {role.purpose}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        help_text="What the user may do. Give as few as the work needs.",
    )

    class Meta:
        """The name is the only column that is typed."""

        model = User
        fields = ("username",)


class ChangeUserForm(AddUserForm):
    """The roles of a user, and whether the account is open."""

    by: User

    class Meta:
        """The name never changes: the journal and the register of conflicts refer to it."""

        model = User
        fields = ("is_active",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["roles"] = [role.value for role in self.instance.roles]

    def clean(self) -> dict[str, Any]:
        """Keep administrators from shutting themselves out."""
        cleaned = super().clean() or {}
        stays = cleaned.get("is_active", True) and Role.ADMINISTRATOR in cleaned.get("roles", [Role.ADMINISTRATOR])
        if self.instance == self.by and not stays:
            raise ValidationError("Another administrator must do this: you would shut yourself out.")
        return cleaned


@admin.register(User)
class UserAdmin(AnyAdmin):
    """Users: added, given roles, closed; never deleted, as the journal names them."""

    actions = None
    list_display = ("username", "held_roles", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username",)
    ordering = ("username",)
    readonly_fields = ("username", "last_login", "date_joined")

    @admin.display(description="roles")
    def held_roles(self, user: User) -> str:
        """The roles in words."""
        return ", ".join(user.roles) or "none"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted."""
        return False

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, which knows who fills it in."""
        return type("UserForm", (ChangeUserForm if change else AddUserForm,), {"by": request.user})

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return what the page of a user shows."""
        shown = (
            ("username", "roles") if obj is None else ("username", "is_active", "roles", "last_login", "date_joined")
        )
        return [(None, {"fields": shown})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return what cannot be typed: of a new user, nothing."""
        return self.readonly_fields if obj else ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Do what was typed, by the actions that write it down."""
        assert isinstance(request.user, User)  # noqa: S101 - the site lets in administrators only
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        if not change:
            password = generate_password()
            obj.set_password(password)
            obj.pk = add_user(obj.username, roles, password, by=request.user).pk
            return
        if set(roles) != set(obj.roles):
            replace_roles(obj.username, roles, by=request.user)
        if "is_active" in form.changed_data:
            set_active(obj.username, obj.is_active, by=request.user)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The journal has the line; there is no second one."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The journal has the line; there is no second one."""

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Show the password of a new user: once, on this page."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Added {obj.username}",
            "added": User.objects.get(pk=obj.pk),
            "password": vars(obj)["_password"],  # as it was set for the form's own object
        }
        return TemplateResponse(request, "admin/accounts/user/added.html", context)


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    """The roles, and what each may do."""

    note = "What a role may do is part of the software, so that it is the same in every record."
    list_display = ("name",)
    fields = ("name", "may")

    @admin.display(description="may")
    def may(self, group: Group) -> str:
        """The permissions in words."""
        return "; ".join(permission.name for permission in group.permissions.order_by("name"))
