"""Where contents lie on the disk: under random names that tell nothing, readable to our user alone."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from rtopnet.kernel.ids import new_id
from rtopnet.sharing.files.kinds import LOOKED_AT

ONLY_OURS = 0o600
FOLDER_ONLY_OURS = 0o700
PREVIEW = ".png"


def incoming_path() -> Path:
    """A new place for something that is still arriving, on the same file system as the contents."""
    return _made(_root() / "incoming") / new_id().hex


def new_file(path: Path) -> BinaryIO:
    """Open a file that is not there yet, readable to our user alone from its first moment."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, ONLY_OURS), "w+b")


def content_path(key: UUID) -> Path:
    """Where the content with this key lies."""
    return _root() / key.hex[:2] / key.hex[2:]


def preview_path(key: UUID) -> Path:
    """Where the preview of that content lies, if one could be made."""
    return content_path(key).with_suffix(PREVIEW)


def put_in_place(arrived: Path, target: Path) -> None:
    """Move a file that has wholly arrived to its place, so that it is there also after a power cut."""
    _made(target.parent)
    with arrived.open("rb") as file:
        os.fsync(file.fileno())
    arrived.rename(target)
    _keep_entry(target.parent)


def remove_content(key: UUID) -> None:
    """Remove a content and its preview; what is gone already is no fault."""
    preview_path(key).unlink(missing_ok=True)
    content_path(key).unlink(missing_ok=True)


def ends_of(path: Path) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file, as far as its kind is told by them."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
        file.seek(max(0, path.stat().st_size - LOOKED_AT))
        return head, file.read(LOOKED_AT)


def keys_older_than(age: timedelta) -> Iterator[UUID]:
    """The keys of contents and previews that have lain here longer than ``age``."""
    for path in sorted(_root().glob("??/*")):
        if _is_older(path, age):
            yield UUID(hex=path.parent.name + path.name.removesuffix(PREVIEW))


def drop_what_never_arrived(age: timedelta) -> int:
    """Remove what began to arrive longer than ``age`` ago and was never put in place; how many."""
    left = [path for path in (_root() / "incoming").glob("*") if _is_older(path, age)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _root() -> Path:
    folder: Path = settings.DATA_FOLDER
    return folder / "files"


def _made(folder: Path) -> Path:
    folder.mkdir(mode=FOLDER_ONLY_OURS, parents=True, exist_ok=True)
    return folder


def _keep_entry(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _is_older(path: Path, age: timedelta) -> bool:
    # The file system's own clock set the time that this is held against.
    try:
        return time.time() - path.stat().st_mtime > age.total_seconds()
    except FileNotFoundError:
        return False
