"""``rtopnet backup FILE``: everything an installation consists of, in one file."""

import argparse
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.db import connections, transaction

from rtopnet.audit.public import known_keys_pem, record_deed
from rtopnet.config.installation import refuse_unreachable
from rtopnet.config.postgres_tools import dump_database
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.database import rights_of_restricted_role
from rtopnet.kernel.errors import SetUpError

Tell = Callable[[str], None]

FORMAT = 1
DUMP, MANIFEST, PUBLIC_KEYS = "database.dump", "manifest.json", "signing_keys.pem"
FOLDERS = ("files", "store")
"""Folders of the data folder that belong to the installation; the others can be made anew."""
NOT_WORTH_KEEPING = ("files/incoming",)
MIB = 1024 * 1024


class Adding:
    """A tar that is being written, with the hash of everything that went in."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, dict[str, str | int]] = {}
        self.size = 0

    def file(self, name: str, path: Path) -> None:
        """Add a file of the disk."""
        with path.open("rb") as content:
            self._add(name, content, os.fstat(content.fileno()).st_size)

    def text(self, name: str, text: str) -> None:
        """Add a text."""
        self._add(name, io.BytesIO(text.encode()), len(text.encode()))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
        reader = _Hashing(content)
        self._tar.addfile(info, reader)
        self.members[name] = {"sha256": reader.hash.hexdigest(), "size": size}
        self.size += size


class _Hashing(io.RawIOBase):
    """Reads from a file and hashes what goes by."""

    def __init__(self, content: IO[bytes]) -> None:
        self.hash, self._content = sha256(), content

    def read(self, size: int = -1) -> bytes:
        data = self._content.read(size)
        self.hash.update(data)
        return data


def backup(arguments: list[str], *, tell: Tell) -> None:
    """Write a backup; the file appears under its name only when it is whole.

    Raises:
        SetUpError: it cannot be written, or the database cannot be dumped.
    """
    options = _options(arguments)
    if "owner" not in connections:
        raise SetUpError("only the database's owner can dump it: set DATABASE_OWNER_URL")
    refuse_unreachable("owner", "DATABASE_OWNER_URL")
    if options.file.exists():
        raise SetUpError(f"{options.file} is there already: choose another name")
    try:
        with TemporaryDirectory(prefix=".rtopnet-backup-", dir=options.file.parent) as folder:
            _write(Path(folder), options, tell)
    except OSError as error:
        raise SetUpError(f"{error.filename or options.file} cannot be written: {error.strerror}") from error
    tell(f"backup whole: {options.file}, {options.file.stat().st_size / MIB:.1f} MiB")


def _write(folder: Path, options: argparse.Namespace, tell: Tell) -> None:
    tell("Dumping the database …")
    facts = _dump(folder / DUMP)
    unfinished = folder / "unfinished.tar"
    with tarfile.open(unfinished, "w") as tar:
        adding = Adding(tar)
        adding.file(DUMP, folder / DUMP)
        adding.text(PUBLIC_KEYS, known_keys_pem())
        _add_folders(adding, tell)
        if options.with_keys:
            for path in private_keys():
                adding.file(f"keys/{path.name}", path)
        facts |= {"with_keys": options.with_keys, "members": dict(adding.members)}
        adding.text(MANIFEST, json.dumps(facts, indent=2, sort_keys=True))
    with unfinished.open("rb") as whole:
        os.fsync(whole.fileno())
    unfinished.rename(options.file)
    seq, digest = facts["ledger"]["seq"], facts["ledger"]["hash"]
    tell(f"  ledger: {seq} entries; note this elsewhere: --since {seq}:{digest}")


def _dump(file: Path) -> dict[str, Any]:
    """Dump the database, and say what is in it at that moment."""
    with acting_for(Capacity.INSTALLATION):
        record_deed(verb="backed_up", kind="config.installation", subject="database")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT seq, encode(hash, 'hex'), pg_export_snapshot() FROM audit_head")
        seq, digest, snapshot = cursor.fetchone()
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        migrations = [list(row) for row in cursor.fetchall()]
        dump_database(connections["owner"].settings_dict, file, snapshot=snapshot)
    return {
        "format": FORMAT,
        "program": version("rtopnet"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "ledger": {"seq": seq, "hash": digest},
        "migrations": migrations,
        "roles": {alias: connections[alias].settings_dict["USER"] for alias in ("owner", "default")},
        "rights": rights_of_restricted_role(),
    }


def _add_folders(adding: Adding, tell: Tell) -> None:
    for name in FOLDERS:
        count, before = 0, adding.size
        for path in _files_in(settings.DATA_FOLDER / name):
            try:
                adding.file(str(path.relative_to(settings.DATA_FOLDER)), path)
            except FileNotFoundError:
                continue  # deleted meanwhile, by somebody who may
            count += 1
            if count % 1000 == 0:
                tell(f"  {name}: {count} files …")
        tell(f"  {name}: {count} files, {(adding.size - before) / MIB:.1f} MiB")


def _files_in(folder: Path) -> Iterator[Path]:
    left_out = [settings.DATA_FOLDER / name for name in NOT_WORTH_KEEPING]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not any(place in path.parents for place in left_out):
            yield path


def private_keys() -> list[Path]:
    """The private keys that this installation keeps in files."""
    kept = {*settings.DATA_FOLDER.glob("*_key"), *settings.DATA_FOLDER.glob("*_key.pem")}
    return sorted(path for path in kept | {Path(settings.SIGNING_KEY_FILE)} if path.is_file())


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="rtopnet backup", description="Write database, files and figures into one file."
    )
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="private keys too; who has the file can then sign in the installation's name",
    )
    return parser.parse_args(arguments)
