"""The test run: quick hashing, mail kept in memory."""

from rtopnet.config.settings.base import *  # noqa: F403 -- Django's way of layering settings

SECRET_KEY = "only-for-tests"  # noqa: S105 -- protects nothing
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
LOCAL_SIGN_IN_LINKS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
