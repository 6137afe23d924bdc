"""Secrets that an installation makes once and keeps beside its data."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Read the secret kept at ``path``, making one readable by its owner alone where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"{path.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(make())
        with suppress(FileExistsError):
            path.hardlink_to(own)  # whole or not at all, and the first of two who start at once wins
        own.unlink()
    return path.read_text()
