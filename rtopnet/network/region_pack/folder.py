"""A pack's folder: which files it holds, read without following links and within sizes that make sense."""

import hashlib
import os
import stat
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from rtopnet.network.region_pack.faults import FaultBook, printable, quoted

MIB = 1024 * 1024
MOST_FILES = 2000

# What a pack may hold, and how large each may be; a match inside a folder needs the folder's name.
LARGEST = {
    "region.yaml": MIB,
    "sources.yaml": MIB,
    "records.yaml": MIB,
    "decisions.yaml": MIB,
    "holidays.yaml": MIB,
    "meetings.yaml": MIB,
    "assistance.yaml": MIB,
    "reports.yaml": MIB,
    "signals.yaml": MIB,
    "signals*.atom": 4 * MIB,
    "assessments.yaml": MIB,
    "warning.yaml": MIB,
    "warnings.yaml": MIB,
    "advice.yaml": MIB,
    "framework.yaml": MIB,
    "README.md": MIB,
    "LICENSE": MIB,
    "boundaries.geojson": 8 * MIB,
    "boundaries_level1.geojson": 16 * MIB,
    "starter/*.csv": 64 * MIB,
    "events/*.csv": 256 * MIB,
    "crosswalks/*.csv": 8 * MIB,
    "documents/*.typ": MIB,
    "locale/*/LC_MESSAGES/django.po": 8 * MIB,
    "locale/*/LC_MESSAGES/djangojs.po": 8 * MIB,
    "locale/*/LC_MESSAGES/*.mo": 8 * MIB,
}
NEEDED = ("region.yaml", "sources.yaml", "boundaries.geojson")
# Data files, each of which sources.yaml must account for.
DATA = (
    "starter/*.csv",
    "events/*.csv",
    "crosswalks/*.csv",
    "boundaries.geojson",
    "boundaries_level1.geojson",
)


@dataclass(frozen=True)
class Folder:
    """The regular files of a pack, by path inside it with forward slashes, each with its size."""

    root: Path
    faults: FaultBook
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def data_files(self) -> list[str]:
        return [file for file in sorted(self.sizes) if any(_matches(file, form) for form in DATA)]

    def content(self, file: str) -> bytes | None:
        """A file's bytes, or None after noting why it cannot be read."""
        if file not in self.sizes:
            return None
        try:
            return (self.root / file).read_bytes()
        except OSError as error:
            self.faults.note(file, 1, f"cannot be read: {error.strerror or 'unknown reason'}")
            return None

    def text(self, file: str) -> str | None:
        """A file's text, or None after noting on which line it stops being UTF-8."""
        content = self.content(file)
        if content is None:
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.faults.note(file, line, f"is not UTF-8: byte 0x{content[error.start]:02x}")
            return None

    def sha256(self, file: str) -> str:
        """A file's SHA-256 in hexadecimal; empty where it cannot be read."""
        content = self.content(file)
        return "" if content is None else hashlib.sha256(content).hexdigest()


def open_folder(root: Path, faults: FaultBook) -> Folder | None:
    """List a pack's files and note what does not belong; None where there is no folder to list."""
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except (OSError, ValueError):
        faults.note(".", 1, f"there is no folder {quoted(root)}")
        return None
    if not is_folder:
        faults.note(".", 1, f"{quoted(root)} is not a folder")
        return None
    folder = Folder(root, faults)
    missing = [file for file in NEEDED if not os.path.lexists(root / file)]
    if len(missing) < len(NEEDED):  # else it is some other folder, whose files are nobody's business here
        _list(folder)
    for file in missing:
        faults.note(file, 1, "is missing, and every pack needs it")
    return folder


def _list(folder: Folder) -> None:
    seen = 0
    for here, names, files in os.walk(folder.root, onerror=lambda error: _unreadable(folder, error)):
        inside = Path(here).relative_to(folder.root)
        seen += len(names) + len(files)
        if seen > MOST_FILES:
            folder.faults.note(".", 1, f"holds more than {MOST_FILES} files")
            return
        for name in names:
            _take_folder(folder, (inside / name).as_posix())
        for name in files:
            _take_file(folder, (inside / name).as_posix())
        names[:] = [name for name in names if not name.startswith(".")]


def _unreadable(folder: Folder, error: OSError) -> None:
    folder.faults.note(".", 1, f"cannot be listed: {error.strerror or 'unknown reason'}")


def _take_folder(folder: Folder, file: str) -> None:
    if (folder.root / file).is_symlink():
        folder.faults.note(file, 1, "is a link; a pack holds its own files")


def _take_file(folder: Folder, file: str) -> None:
    try:
        status = (folder.root / file).lstat()
    except OSError as error:
        folder.faults.note(file, 1, f"cannot be read: {error.strerror or 'unknown reason'}")
        return
    if stat.S_ISLNK(status.st_mode):
        folder.faults.note(file, 1, "is a link; a pack holds its own files")
    elif not stat.S_ISREG(status.st_mode):
        folder.faults.note(file, 1, "is not a regular file")
    elif not Path(file).name.startswith("."):
        _take_regular(folder, file, status.st_size)


def _take_regular(folder: Folder, file: str, size: int) -> None:
    largest = next((most for form, most in LARGEST.items() if _matches(file, form)), None)
    if printable(file) != file:
        folder.faults.note(file, 1, "has a name that cannot be printed")
    elif largest is None:
        folder.faults.note(file, 1, "does not belong in a pack", near=(file, LARGEST))
    elif size > largest:
        folder.faults.note(file, 1, f"is {size / MIB:.0f} MiB; at most {largest / MIB:.0f} MiB are read")
    else:
        folder.sizes[file] = size


def _matches(file: str, form: str) -> bool:
    return file.count("/") == form.count("/") and fnmatchcase(file, form)
