"""The installation's signing key: made once, kept beside the data, replaced without losing what it signed."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import SetUpError
from rtopnet.kernel.seals import sealed
from rtopnet.kernel.signing import (
    Signature,
    is_signed,
    key_id_of,
    private_key_in,
    private_pem,
    public_keys_in,
    public_pem,
    signed,
)


def sign(data: bytes) -> Signature:
    """Sign ``data`` with the installation's present key.

    Raises:
        SetUpError: the key's file cannot be used.
    """
    return signed(_private_key(), data)


def seal(data: bytes, claims: Mapping[str, str]) -> bytes:
    """The detached signature of a file with ``data``: the content of its ``.sig.json``.

    Args:
        data: the file.
        claims: words that are signed along, such as reader, marking, record and version.

    Raises:
        SetUpError: the key's file cannot be used.
    """
    return sealed(_private_key(), data, claims, now())


def is_ours(data: bytes, signature: Signature) -> bool:
    """Whether ``signature`` is that of ``data`` by this installation's present key or an earlier one."""
    return is_signed(data, signature, public_keys_in(known_keys_pem()))


def public_key_pem() -> str:
    """The present key's public half in PEM."""
    return public_pem(_private_key().public_key())


def known_keys_pem() -> str:
    """Public halves of all keys this installation has had, oldest first, the present one last."""
    present = _private_key().public_key()
    earlier = _listed()
    earlier.pop(key_id_of(present), None)
    return "".join(public_pem(key) for key in [*earlier.values(), present])


def present_key_id() -> str:
    """The name of the present key."""
    return key_id_of(_private_key().public_key())


def replace_signing_key() -> str:
    """Make a new key and sign with it from now on; what earlier keys signed can still be checked. Its id."""
    _list(_private_key().public_key())
    key = Ed25519PrivateKey.generate()
    _list(key.public_key())  # before it signs anything
    path = _path()
    own = _written_apart(path, key)
    own.replace(path)
    return key_id_of(key.public_key())


def _path() -> Path:
    return Path(settings.SIGNING_KEY_FILE)


def _list_path() -> Path:
    return _path().with_name(f"{_path().name}s.pem")


def _private_key() -> Ed25519PrivateKey:
    path = _path()
    try:
        if not path.exists():
            _make(path)
        found = private_key_in(path.read_bytes())
    except OSError as error:
        raise SetUpError(f"the signing key {path} cannot be used: {error.strerror}") from error
    if found is None:
        raise SetUpError(
            f"{path} holds no Ed25519 private key: put the right file there, or move it away for a new key"
        )
    return found


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    own = _written_apart(path, key)
    with suppress(FileExistsError):
        path.hardlink_to(own)  # whole or not at all, and the first of two who start at once wins
    own.unlink()


def _written_apart(path: Path, key: Ed25519PrivateKey) -> Path:
    handle, name = mkstemp(prefix=f"{path.name}.", dir=path.parent)  # its owner's alone
    with os.fdopen(handle, "wb") as own:
        own.write(private_pem(key))
        own.flush()
        os.fsync(own.fileno())
    return Path(name)


def _listed() -> dict[str, Ed25519PublicKey]:
    path = _list_path()
    return public_keys_in(path.read_text()) if path.exists() else {}


def _list(key: Ed25519PublicKey) -> None:
    if key_id_of(key) in _listed():
        return
    with _list_path().open("a") as listed:
        listed.write(public_pem(key))
        listed.flush()
        os.fsync(listed.fileno())
