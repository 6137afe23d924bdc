"""Bringing an installation up to date: schema, roles, region packs, and what must never be served."""

from collections.abc import Callable

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from rtopnet.kernel.database import grant_to_restricted_role, refuse_old_server, refuse_powerful_role
from rtopnet.kernel.errors import SetUpError

DATA_FORMAT = 1
"""Raised when a newer program can no longer use, or quietly convert, an older data folder."""


def refuse_unreachable(alias: str, variable: str) -> None:
    """Raise SetUpError, in one line and without the password, when ``alias`` cannot be connected to."""
    try:
        connections[alias].ensure_connection()
    except OperationalError as error:
        where = connections[alias].settings_dict
        reason = str(error).strip().splitlines()[-1]
        address = where["HOST"] or "the local socket"
        raise SetUpError(
            f"the database of {variable} does not answer ({where['USER']} at {address}, port "
            f"{where['PORT'] or 5432}, database {where['NAME']}): {reason}"
        ) from error


def refuse_data_of_another_format() -> None:
    """Raise SetUpError when the data folder was written by a program that this one cannot follow."""
    mark = settings.DATA_FOLDER / "FORMAT"
    if not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(f"{DATA_FORMAT}\n")
        return
    found = mark.read_text().strip()
    if found != str(DATA_FORMAT):
        age = "an older" if found.isdigit() and int(found) < DATA_FORMAT else "another"
        raise SetUpError(
            f"{settings.DATA_FOLDER} was written by {age} version of this program (format {found}, this one "
            f"writes {DATA_FORMAT}): move it away, or set RTOPNET_DATA to a new folder"
        )


def bring_up_to_date(tell: Callable[[str], None]) -> None:
    """Migrate as the owner, grant what the restricted role needs, and refuse a role with too much power."""
    refuse_unreachable("default", "DATABASE_URL")
    refuse_old_server(using="default")
    refuse_powerful_role()
    if "owner" in connections:
        refuse_unreachable("owner", "DATABASE_OWNER_URL")
        refuse_one_role_for_both()
        if _has_unapplied_migrations("owner"):
            tell("Preparing the database …")
            migrate()
    elif _has_unapplied_migrations("default"):
        raise SetUpError(
            "the database is not up to date and DATABASE_OWNER_URL is not set: set it once to the "
            "owner's URL, so that the migrations can run"
        )
    refuse_powerful_role()  # once more, now that there are tables to own
    connections.close_all()


def refuse_to_serve_as_powerful_role() -> None:
    """What every serving process asks before its first request; leaves no connection to be forked."""
    refuse_unreachable("default", "DATABASE_URL")
    refuse_powerful_role()
    connections.close_all()


def refuse_one_role_for_both() -> None:
    """Raise SetUpError when the web would serve as the role that migrates."""
    if connections["default"].settings_dict["USER"] == connections["owner"].settings_dict["USER"]:
        raise SetUpError(
            "DATABASE_URL and DATABASE_OWNER_URL name the same role: the first needs one that owns nothing "
            "(docs/how-to/external-postgresql.md)"
        )


def migrate() -> None:
    """Carry out all migrations as the owner and grant the restricted role what it needs."""
    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        grant_to_restricted_role()
    except psycopg.errors.InsufficientPrivilege as error:
        raise SetUpError(f"DATABASE_OWNER_URL's role may not make tables: {error}".strip()) from error


def _has_unapplied_migrations(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
