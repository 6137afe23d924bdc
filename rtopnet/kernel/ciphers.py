"""Ciphers for what we keep or hand out so that nobody else reads it, one key for each purpose."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.encoding import force_bytes


def cipher_for(purpose: str) -> Fernet:
    """A cipher whose key comes from the installation's secret key and serves ``purpose`` alone."""
    key = sha256(purpose.encode() + b"\0" + force_bytes(settings.SECRET_KEY)).digest()
    return Fernet(base64.urlsafe_b64encode(key))
