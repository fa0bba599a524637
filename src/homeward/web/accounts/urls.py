"""Addresses of the account pages."""

from __future__ import annotations

from django.urls import path

from homeward.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("password/", views.ChangePassword.as_view(), name="change-password"),
    path("password/changed/", views.PasswordChanged.as_view(), name="password-changed"),
]
