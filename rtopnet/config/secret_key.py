"""The local installation's secret key, made once and kept beside its data."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def kept_secret_key(folder: Path) -> str:
    """Read the key kept in ``folder``, making one readable by its owner alone where there is none."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = folder / f"secret_key.{os.getpid()}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(own)  # whole or not at all, and the first of two who start at once wins
        own.unlink()
    return path.read_text()
