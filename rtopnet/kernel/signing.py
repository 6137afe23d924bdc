"""Ed25519 keys and signatures as this project names and writes them; needs no Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)


@dataclass(frozen=True)
class Signature:
    """A signature, and the key that it was made with."""

    key_id: str
    signature: bytes


def key_id_of(key: Ed25519PublicKey) -> str:
    """How a key is named: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def signed(key: Ed25519PrivateKey, data: bytes) -> Signature:
    """The signature of ``data`` by ``key``."""
    return Signature(key_id_of(key.public_key()), key.sign(data))


def is_signed(data: bytes, signature: Signature, keys: dict[str, Ed25519PublicKey]) -> bool:
    """Whether ``signature`` is that of ``data`` by one of ``keys``."""
    key = keys.get(signature.key_id)
    if key is None:
        return False
    try:
        key.verify(signature.signature, data)
    except InvalidSignature:
        return False
    return True


def public_keys_in(text: str) -> dict[str, Ed25519PublicKey]:
    """Every Ed25519 public key of a text in PEM, by its id, in the text's order."""
    return {key_id_of(key): key for key in _keys_in(text)}


def public_pem(key: Ed25519PublicKey) -> str:
    """A public key in PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def private_pem(key: Ed25519PrivateKey) -> bytes:
    """A private key in PEM, not encrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def private_key_in(pem: bytes) -> Ed25519PrivateKey | None:
    """The Ed25519 private key of a PEM file, or None where it holds none."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PrivateKey) else None


def _keys_in(text: str) -> Iterator[Ed25519PublicKey]:
    for match in _PEM.finditer(text):
        try:
            key = load_pem_public_key(match[0].encode())
        except (ValueError, UnsupportedAlgorithm):
            continue
        if isinstance(key, Ed25519PublicKey):
            yield key
