"""The local installation's secret key, made once and kept beside its data."""

import secrets
from pathlib import Path

from rtopnet.kernel.kept import kept_secret


def kept_secret_key(folder: Path) -> str:
    """Read the key kept in ``folder``, making one readable by its owner alone where there is none."""
    return kept_secret(folder / "secret_key", lambda: secrets.token_urlsafe(48))
