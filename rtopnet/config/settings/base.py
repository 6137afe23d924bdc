"""Settings that hold everywhere; values that differ come from the environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from rtopnet.config.languages import document_languages, offered_languages
from rtopnet.config.openid import openid_apps
from rtopnet.kernel.errors import SetUpError

PROJECT = Path(__file__).resolve().parents[3]
DATA_FOLDER = Path(os.environ.get("RTOPNET_DATA", PROJECT / "data"))
REGION_FOLDER = PROJECT / "rtopnet" / "regions"
STORE_FOLDER = DATA_FOLDER / "store"
SIGNING_KEY_FILE = Path(os.environ.get("RTOPNET_SIGNING_KEY", DATA_FOLDER / "signing_key"))

FILE_LIMIT_MIB = int(os.environ.get("FILE_LIMIT_MIB", "200"))
TIME_STAMP_AUTHORITY = os.environ.get("TIME_STAMP_AUTHORITY", "")
TIME_STAMP_ROOTS = os.environ.get("TIME_STAMP_ROOTS", "")
if TIME_STAMP_AUTHORITY and not TIME_STAMP_ROOTS:
    raise SetUpError(
        "TIME_STAMP_ROOTS is not set: name the file with the root certificates of the time-stamping "
        "authority (docs/how-to/files.md)"
    )
SOURCE_SECRETS = {name: value for name, value in os.environ.items() if name.startswith("RTOPNET_SOURCE_")}
CLAMAV_SOCKET = os.environ.get("CLAMAV_SOCKET", "")
CLAMAV_HOST = os.environ.get("CLAMAV_HOST", "")


def database(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL URL.

    Raises:
        SetUpError: the URL cannot be read.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        # The library's own words would repeat the URL, and with it the password.
        raise SetUpError(
            "DATABASE_URL cannot be read: it should look like postgresql://user@host/name"
        ) from None
    known = {"dbname", "user", "password", "host", "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname") or "rtopnet",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {k: v for k, v in parts.items() if k not in known} | {"connect_timeout": 5},
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql://rtopnet_web@/rtopnet"))}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = database(os.environ["DATABASE_OWNER_URL"])

INSTALLED_APPS = [
    "rtopnet.kernel",
    "rtopnet.audit",
    "rtopnet.network",
    "rtopnet.sharing",
    "rtopnet.warning.evidence",
    "rtopnet.warning.indicators",
    "rtopnet.warning.forecasts",
    "rtopnet.warning.assessments",
    "rtopnet.warning.alerts",
    "rtopnet.meetings",
    "rtopnet.assistance",
    "rtopnet.advice",
    "rtopnet.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_cotton",
    "django_htmx",
    "django_vite",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rtopnet.network.even_answers.EvenAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rtopnet.network.middleware.ActingMiddleware",
    "rtopnet.network.bearer.BearerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

SECONDS_TO_SAY_ABSENT = 0.05
"""Answers of "no such page" wait for the next full step of this length; 0 lets them go at once."""

ROOT_URLCONF = "rtopnet.config.urls"
WSGI_APPLICATION = "rtopnet.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rtopnet.portal.context.surroundings",
            ],
        },
    }
]

AUTH_USER_MODEL = "network.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rtopnet.network.authentication.AccountBackend",
]
AXES_HANDLER = "rtopnet.network.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_FAILURE_LIMIT = 5
LOCKOUT_ACCOUNT_LIMIT = 20  # failures from anywhere that lock an account
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # we keep our own, for its holder
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "rtopnet.network.lockout.whom"
AXES_CLIENT_IP_CALLABLE = "rtopnet.network.lockout.where"
AXES_LOCKOUT_CALLABLE = "rtopnet.network.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "code", "credential", "csrfmiddlewaretoken"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "rtopnet.network.authentication.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/5m/key"}  # above the lock-out, which says more
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever holds an account hears of changes to what opens it
SOCIALACCOUNT_ADAPTER = "rtopnet.network.openid.StateProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form's way to another host would need an exception in our policy
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": openid_apps(os.environ.get("RTOPNET_OPENID_PROVIDERS"))}
}
MFA_ADAPTER = "rtopnet.network.authentication.SealedFactorsAdapter"
MFA_FORMS = {"add_webauthn": "rtopnet.network.account_forms.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ by up to half a minute

LANGUAGE_CODE = "en"
LANGUAGES, LANGUAGE_NUMERALS = offered_languages(REGION_FOLDER)
DOCUMENT_LANGUAGES = document_languages(REGION_FOLDER, LANGUAGES)
LOCALE_PATHS = sorted(str(path) for path in REGION_FOLDER.glob("*/locale"))
TIME_ZONE = "UTC"
USE_TZ = True

SITE_ADDRESS = os.environ.get("RTOPNET_ADDRESS", "http://localhost:8000").rstrip("/")
"""Where readers find the site; mails carry it."""

STATIC_URL = "static/"
STATIC_ROOT = None  # served from the build itself
FRONTEND_BUILD = PROJECT / "rtopnet" / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_BUILD] if FRONTEND_BUILD.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND_BUILD / "manifest.json"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8,}\.\w+$"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SITE_ADDRESS = os.environ.get("RTOPNET_ADDRESS", "http://localhost:8000").rstrip("/")
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_MINUTES = int(os.environ.get("RTOPNET_IDLE_MINUTES", "30"))
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rtopnet.portal.views.forged"
CSRF_COOKIE_SAMESITE = "Lax"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_FOLDER / "cache",
        # Limits on guessing are counted here; a small cache could be flushed by filling it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

API_CALLS_A_MINUTE = int(os.environ.get("RTOPNET_API_CALLS_A_MINUTE", "300"))
"""How many calls one token may make."""
EMAIL_TIMEOUT = 20

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOCAL_SIGN_IN_LINKS = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "rtopnet.config.log_filters.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},  # failures stand in the ledger, and with their holder
}
