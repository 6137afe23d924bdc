"""Detached signatures of files: what an export carries, so that it can be checked without the platform."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rtopnet.kernel.signing import (
    Signature,
    is_signed,
    key_id_of,
    public_keys_in,
    public_pem,
    signed,
)

SCHEMA = "rtopnet-seal-1"
SUFFIX = ".sig.json"
"""The seal of the file ``X`` is the file ``X.sig.json``."""

_TEXTS = ("schema", "sha256", "signed_at", "key_id", "public_key", "signature")


class BrokenSealError(Exception):
    """The seal is not one, or is not that of the file; the message says what is wrong."""


@dataclass(frozen=True)
class Seal:
    """A seal that holds: the signature is right and the file is the one that was signed."""

    key_id: str
    signed_at: str
    sha256: str
    size: int
    claims: dict[str, str]


def sealed(key: Ed25519PrivateKey, data: bytes, claims: Mapping[str, str], at: datetime) -> bytes:
    """The seal of ``data``, a JSON text; ``claims`` are words about it that are signed along."""
    facts: dict[str, Any] = {
        "schema": SCHEMA,
        "sha256": sha256(data).hexdigest(),
        "size": len(data),
        "signed_at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "key_id": key_id_of(key.public_key()),
        "public_key": public_pem(key.public_key()),
        "claims": dict(claims),
    }
    facts["signature"] = b64encode(signed(key, canonical(facts)).signature).decode()
    return json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def canonical(facts: Mapping[str, Any]) -> bytes:
    """What is signed: all of the seal but its signature, as JSON with sorted keys, no spaces, and ASCII."""
    signed_part = {name: value for name, value in facts.items() if name != "signature"}
    text = json.dumps(signed_part, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{SCHEMA}\n{text}".encode()


def opened(seal: bytes, *, digest: str, size: int) -> Seal:
    """The facts of a seal that holds for a file of that SHA-256 and size; whose key it is, is not asked.

    Raises:
        BrokenSealError: it is no seal, was changed, or is that of another file.
    """
    facts = _facts_of(seal)
    keys = public_keys_in(facts["public_key"])
    if list(keys) != [facts["key_id"]]:
        raise BrokenSealError("the seal's key is not the one it names")
    try:
        mark = Signature(facts["key_id"], b64decode(facts["signature"], validate=True))
    except ValueError:
        raise BrokenSealError("the seal's signature cannot be read") from None
    if not is_signed(canonical(facts), mark, keys):
        raise BrokenSealError("the seal was changed after it was signed")
    if (digest, size) != (facts["sha256"], facts["size"]):
        raise BrokenSealError("the file is not the one that was signed: it was changed, or is another")
    return Seal(facts["key_id"], facts["signed_at"], facts["sha256"], facts["size"], facts["claims"])


def _facts_of(seal: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(seal)
    except ValueError:
        raise BrokenSealError("this is no seal: it is not JSON") from None
    if not isinstance(facts, dict) or facts.get("schema") != SCHEMA:
        raise BrokenSealError(f"this is no seal of the kind {SCHEMA}")
    claims = facts.get("claims")
    is_whole = (
        all(isinstance(facts.get(name), str) for name in _TEXTS)
        and isinstance(facts.get("size"), int)
        and isinstance(claims, dict)
        and all(isinstance(value, str) for value in claims.values())
    )
    if not is_whole:
        raise BrokenSealError("the seal lacks something that each seal has")
    return facts
