"""The test run: a database of its own on the given or the embedded server, quick hashing, mail in memory."""

import atexit
import os
from contextlib import ExitStack

from rtopnet.config.embedded_postgres import OWNER, RESTRICTED, embedded_postgres
from rtopnet.config.settings.base import *  # noqa: F403 -- Django's way of layering settings
from rtopnet.config.settings.base import PROJECT, database

DATA_FOLDER = PROJECT / ".test-data"
STORE_FOLDER = DATA_FOLDER / "store"
SIGNING_KEY_FILE = DATA_FOLDER / "signing_key"

if not os.environ.get("DATABASE_URL"):
    _stack = ExitStack()
    _server = _stack.enter_context(embedded_postgres(DATA_FOLDER))
    atexit.register(_stack.close)
    _server.prepare("rtopnet")
    os.environ["DATABASE_URL"] = _server.url(user=RESTRICTED)
    os.environ["DATABASE_OWNER_URL"] = _server.url(user=OWNER)

DATABASES = {
    "default": database(os.environ["DATABASE_URL"]),
    "owner": database(os.environ["DATABASE_OWNER_URL"]),
}
for _alias in DATABASES.values():
    _alias["NAME"] = f"rtopnet_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    _alias["CONN_MAX_AGE"] = None

SECRET_KEY = "only-for-tests"  # noqa: S105 -- protects nothing
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
LOCAL_SIGN_IN_LINKS = True
SECONDS_TO_SAY_ABSENT = 0  # the test of times sets it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this machine
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
