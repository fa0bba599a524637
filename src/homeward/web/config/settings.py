"""Django settings: safe as they stand, changed only through the environment.

``HOMEWARD_DATA``: folder of the database and files (``./var``). ``HOMEWARD_HOSTS``: further host names, with commas.
``HOMEWARD_DATABASE``: ``postgresql://user:password@host:port/name``, where the database is not to be in that folder.
``HOMEWARD_HTTPS=1``: the site is reached through TLS. ``HOMEWARD_SECRET_KEY``: instead of the key in the data folder.
Reading this module writes nothing; ``homeward init`` prepares the folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from homeward.core.errors import InputError
from homeward.web.config.database import database_settings
from homeward.web.config.storage import data_folder, secret_key

DATA = data_folder()
HTTPS = os.environ.get("HOMEWARD_HTTPS") == "1"

DEBUG = False
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [host.strip() for host in os.environ.get("HOMEWARD_HOSTS", "").split(",") if host.strip()]

ROOT_URLCONF = "homeward.web.config.urls"
WSGI_APPLICATION = "homeward.web.config.wsgi.application"
INSTALLED_APPS = [
    "homeward.web.config.administration.Administration",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "homeward.web.accounts",
    "homeward.web.journal",
    "homeward.web.places",
    "homeward.web.parties",
    "homeward.web.sources",
    "homeward.web.engagement",
    "homeward.web.review",
    "homeward.web.search",
    "homeward.web.identity",
    "homeward.web.roll",
    "homeward.web.recovery",
    "homeward.web.remains",
    "homeward.web.laboratory",
    "homeward.web.casework",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "homeward.web.config.headers.page_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent.parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "homeward.web.pages.as_of.context",
                "homeward.web.pages.navigation.context",
            ],
        },
    }
]

try:
    DATABASES = {"default": database_settings(DATA)}
except InputError as error:
    raise ImproperlyConfigured(str(error)) from None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA / "files"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Of django-allauth the second factors are used, and no more. Its own limits on attempts are kept by each server process
# for itself; ours are in the database and hold for all of them (homeward.web.accounts.attempts).
ACCOUNT_ADAPTER = "homeward.web.accounts.adapters.AccountAdapter"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # who is half-way through signing in may start again
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "homeward.web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Homeward"
MFA_TOTP_TOLERANCE = 1  # clocks may be half a minute apart
MFA_RATE_LIMITS = False

# A working day; and a closed browser ends it sooner.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "homeward_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "homeward_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# Other names under the same domain are not ours to bind, so HSTS neither includes nor preloads them (W005, W021).
# Without TLS, as on one's own computer, the checks that ask for it do not apply (W004, W008, W012, W016).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not HTTPS:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent.parent / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
