"""A public installation behind HTTPS; everything secret comes from the environment."""

import os

from rtopnet.config.settings.base import *  # noqa: F403 -- Django's way of layering settings
from rtopnet.kernel.errors import SetUpError

NEEDED = ("DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_HOST", "EMAIL_FROM")
LEAST_KEY_LENGTH = 50

for name in NEEDED:
    if not os.environ.get(name):
        raise SetUpError(f"{name} is not set: production needs it (docs/how-to/deploy.md)")

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
if len(SECRET_KEY) < LEAST_KEY_LENGTH:
    raise SetUpError(
        f"DJANGO_SECRET_KEY is too short: it needs at least {LEAST_KEY_LENGTH} random characters"
    )

SECRET_KEY_FALLBACKS = [key for key in [os.environ.get("DJANGO_SECRET_KEY_OLD")] if key]

DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in os.environ["DJANGO_ALLOWED_HOSTS"].split(",") if host.strip()]
if "*" in ALLOWED_HOSTS:
    raise SetUpError(
        "DJANGO_ALLOWED_HOSTS must name hosts: with '*' anybody chooses the address in our mails"
    )

SITE_ADDRESS = os.environ.get("RTOPNET_ADDRESS", f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")

EMAIL_HOST = os.environ["EMAIL_HOST"]
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
DEFAULT_FROM_EMAIL = os.environ["EMAIL_FROM"]

ALLAUTH_TRUSTED_PROXY_COUNT = 1
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
