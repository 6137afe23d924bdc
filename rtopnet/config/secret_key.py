"""The local installation's secret key, made once and kept beside its data."""

import secrets
from pathlib import Path


def kept_secret_key(folder: Path) -> str:
    """Read the key kept in ``folder``, making one readable by its owner alone where there is none."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
