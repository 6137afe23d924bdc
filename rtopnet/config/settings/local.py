"""One machine, one person trying the platform: the embedded database, sign-in links on loopback."""

import os

from rtopnet.config.secret_key import kept_secret_key
from rtopnet.config.settings.base import *  # noqa: F403 -- Django's way of layering settings

SECRET_KEY = kept_secret_key(DATA_FOLDER)  # noqa: F405 -- from base
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
LOCAL_SIGN_IN_LINKS = True
SITE_ADDRESS = f"http://localhost:{os.environ.get('PORT', '8000')}"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this machine
