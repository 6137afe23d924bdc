"""``rtopnet restore FILE``: an installation from its backup, in an empty database and folder, checked."""

import argparse
import json
import shutil
import tarfile
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from rtopnet.audit.public import Head, check_ledger, ledger_fault, record_deed
from rtopnet.config.backup import DUMP, FOLDERS, FORMAT, MANIFEST, PUBLIC_KEYS
from rtopnet.config.embedded_postgres import alone
from rtopnet.config.installation import (
    bring_up_to_date,
    migrate,
    refuse_data_of_another_format,
    refuse_unreachable,
)
from rtopnet.config.postgres_tools import restore_database
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.database import rights_of_restricted_role
from rtopnet.kernel.errors import SetUpError

Tell = Callable[[str], None]


def restore(arguments: list[str], *, tell: Tell) -> None:
    """Bring a backup into an empty installation, and check that roles, policies and ledger are intact.

    Raises:
        SetUpError: the file is no whole backup, something is there already, or the check found a fault.
    """
    file = _options(arguments).file
    if "owner" not in connections:
        raise SetUpError("only the database's owner can restore it: set DATABASE_OWNER_URL")
    refuse_unreachable("owner", "DATABASE_OWNER_URL")
    refuse_data_of_another_format()
    with alone(settings.DATA_FOLDER):
        _refuse_used()
        with TemporaryDirectory(prefix="restore-", dir=settings.DATA_FOLDER) as folder:
            tell("Reading the backup …")
            facts = _unpacked(file, Path(folder))
            _refuse_newer(facts)
            tell("Restoring the database …")
            restore_database(connections["owner"].settings_dict, Path(folder) / DUMP)
            migrate()
            _put_in_place(Path(folder))
        bring_up_to_date(tell)
        _check(facts, tell)


def _refuse_used() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        if cursor.fetchone()[0]:
            raise SetUpError("the database is not empty: restore into a new one, or into a new RTOPNET_DATA")
    for name in FOLDERS:
        folder = settings.DATA_FOLDER / name
        if folder.is_dir() and any(path.is_file() for path in folder.rglob("*")):
            raise SetUpError(f"{folder} is not empty: restore into a new RTOPNET_DATA")


def _unpacked(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as tar:
            for member in tar:
                if not _is_expected(member):
                    raise SetUpError(f"{file} is no backup: it holds {member.name!r}")
                tar.extract(member, folder, filter="data")
        facts: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except OSError as error:
        raise SetUpError(f"{error.filename or file} cannot be read: {error.strerror or error}") from error
    except (tarfile.TarError, ValueError, EOFError):
        raise SetUpError(f"{file} is no backup, or was cut off") from None
    if facts.get("format") != FORMAT:
        raise SetUpError(f"{file} is a backup of another kind (format {facts.get('format')})")
    _refuse_changed(folder, facts["members"])
    return facts


def _is_expected(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    if not member.isfile() or path.is_absolute() or ".." in path.parts:
        return False
    return member.name in {DUMP, MANIFEST, PUBLIC_KEYS} or (
        len(path.parts) > 1 and path.parts[0] in {*FOLDERS, "keys"}
    )


def _refuse_changed(folder: Path, members: dict[str, dict[str, Any]]) -> None:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    if different := sorted(found ^ set(members)):
        raise SetUpError(f"the backup is not whole: {different[0]} is missing or too many")
    for name, facts in members.items():
        with (folder / name).open("rb") as content:
            if file_digest(content, "sha256").hexdigest() != facts["sha256"]:
                raise SetUpError(f"the backup is damaged: {name} is not as it was written")


def _refuse_newer(facts: dict[str, Any]) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    unknown = [name for app, name in facts["migrations"] if (app, name) not in known]
    if unknown:
        raise SetUpError(
            f"the backup was made by a newer or different program (rtopnet {facts['program']}, "
            f"migration {unknown[0]}): restore it with that one"
        )


def _put_in_place(folder: Path) -> None:
    data = settings.DATA_FOLDER
    for name in FOLDERS:
        if (folder / name).is_dir():
            shutil.rmtree(data / name, ignore_errors=True)  # empty folders, as was made sure of
            (folder / name).rename(data / name)
    signing_key = Path(settings.SIGNING_KEY_FILE)
    for key in sorted((folder / "keys").glob("*")):
        place = signing_key if key.name == signing_key.name else data / key.name
        key.replace(place)
    # Without these, what the earlier key signed would look like a stranger's.
    (folder / PUBLIC_KEYS).replace(signing_key.with_name(f"{signing_key.name}s.pem"))


def _check(facts: dict[str, Any], tell: Tell) -> None:
    noted = Head(facts["ledger"]["seq"], bytes.fromhex(facts["ledger"]["hash"]))
    check = check_ledger(using="owner", noted=noted)
    if fault := ledger_fault(check):
        raise SetUpError(f"restored, but {fault}")
    rights = rights_of_restricted_role()
    if fewer := sorted(set(facts["rights"]) ^ set(rights)):
        tell(f"Rights differ from the backup's: {', '.join(fewer[:5])}")
    with acting_for(Capacity.INSTALLATION):
        record_deed(
            verb="restored",
            kind="config.installation",
            subject="database",
            detail={"seq": noted.seq, "made_at": facts["made_at"]},
        )
    tell(
        f"restored: ledger intact, {check.entries} entries, {check.books} books; policies and triggers there"
    )
    if not facts["with_keys"]:
        tell("The backup held no private keys: new ones are made, and everybody signs in anew.")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="rtopnet restore", description="Restore a backup into an empty database and data folder."
    )
    parser.add_argument("file", type=Path)
    return parser.parse_args(arguments)
