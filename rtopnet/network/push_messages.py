"""Waking a browser: the installation's key (RFC 8292), encryption (RFC 8291), and the call (RFC 8030)."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from http import HTTPStatus
from urllib.parse import urlsplit

import http_ece
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from joserfc import jwt
from joserfc.jwk import ECKey

from rtopnet.kernel.clock import now
from rtopnet.kernel.kept import kept_secret
from rtopnet.kernel.outward import post_outward

KEPT_FOR = timedelta(days=1)
"""How long a push service keeps a message for a device that is off."""

PADDED_TO = 1024
"""Every message has this many bytes, so that its length tells nothing of its kind."""


class PushGoneError(Exception):
    """The browser has ended its subscription."""


class PushRefusedError(Exception):
    """The push service did not take the message."""


@dataclass(frozen=True)
class PushTarget:
    """Where a browser's push service is, and the keys to encrypt for it."""

    endpoint: str
    p256dh: bytes
    auth: bytes


def refuse_bad_keys(target: PushTarget) -> None:
    """Raise ValueError unless the keys are a point of P-256 and 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), target.p256dh)
    except (ValueError, InvalidKey) as error:
        raise ValueError("not a point of P-256") from error
    if len(target.auth) != 16:  # noqa: PLR2004 -- RFC 8291, 3.2
        raise ValueError("not 16 bytes")


def application_key() -> bytes:
    """The public half of the installation's key, as browsers ask for it: an uncompressed point."""
    key = _private_key().public_key()
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def push_title(target: PushTarget, title: str, *, urgent: bool) -> None:
    """Have a browser woken with ``title`` and nothing else.

    Raises:
        PushGoneError: the subscription has ended.
        PushRefusedError: the push service answered otherwise than "taken".
        NotPublicError: the endpoint does not lead to a public host.
        UnreachableError: no answer in time.
    """
    status = post_outward(
        target.endpoint,
        content=_encrypted(target, title),
        headers={
            "Authorization": _authorization(target.endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT_FOR.total_seconds())),
            "Urgency": "high" if urgent else "normal",
        },
    )
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise PushGoneError
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise PushRefusedError(str(status))


def _encrypted(target: PushTarget, title: str) -> bytes:
    text = json.dumps({"title": title}, ensure_ascii=False).encode()
    sealed: bytes = http_ece.encrypt(
        text.ljust(PADDED_TO),
        salt=secrets.token_bytes(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=target.p256dh,
        auth_secret=target.auth,
        version="aes128gcm",
    )
    return sealed


def _authorization(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now() + timedelta(hours=12)).timestamp()),
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    key = ECKey.import_key(_kept_key())
    token = jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, key)
    return f"vapid t={token}, k={_base64(application_key())}"


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _private_key() -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(_kept_key().encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("push_key.pem is no key of P-256")
    return key


def _kept_key() -> str:
    return kept_secret(settings.DATA_FOLDER / "push_key.pem", _new_key)


def _new_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
