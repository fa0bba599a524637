"""Pages to sign in, to sign out and to change one's password."""

from __future__ import annotations

from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.views.generic import TemplateView

from homeward.web.accounts.forms import SignInForm

TOO_MANY_REQUESTS = 429


class SignIn(auth_views.LoginView):
    """Sign in by name and password."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again, and say in the status too when there were too many attempts."""
        response = super().form_invalid(form)
        if form.has_error("__all__", code="locked"):
            response.status_code = TOO_MANY_REQUESTS
        return response


class SignOut(auth_views.LogoutView):
    """Sign out."""


class ChangePassword(auth_views.PasswordChangeView):
    """Change one's own password; other sessions of the same user end."""

    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("accounts:password-changed")


class PasswordChanged(TemplateView):
    """Say that the password was changed."""

    template_name = "accounts/password_changed.html"
