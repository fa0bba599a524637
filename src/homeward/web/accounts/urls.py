"""Addresses of the account pages: ours by names of their own, those of second factors by the names allauth asks for."""

from __future__ import annotations

from django.urls import include, path

from homeward.web.accounts import factor_views, token_views, views

own = [
    path("", views.account, name="account"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("password/", views.ChangePassword.as_view(), name="change-password"),
    path("password/changed/", views.PasswordChanged.as_view(), name="password-changed"),
    path("tokens/", token_views.tokens, name="tokens"),
    path("tokens/new/", token_views.add_token, name="add-token"),
    path("tokens/<uuid:public_id>/revoke/", token_views.revoke, name="revoke-token"),
]

second_factors = [
    path("sign-in/second-factor/", factor_views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", factor_views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("confirm/", factor_views.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("confirm/code/", factor_views.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("confirm/passkey/", factor_views.ConfirmPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("app/add/", factor_views.AddAuthenticatorApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", factor_views.RemoveAuthenticatorApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", factor_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", factor_views.ReplaceRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("passkeys/add/", factor_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/rename/", factor_views.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", factor_views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

# Where allauth sends people who have to sign in, and back to once a factor was changed.
also_named = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("", views.account, name="mfa_index"),
    path("", views.account, name="mfa_list_webauthn"),
]

urlpatterns = [path("", include((own, "accounts"))), path("", include(second_factors)), path("", include(also_named))]
