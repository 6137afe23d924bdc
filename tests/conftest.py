"""Databases for tests: made by the owner, used through the restricted role, as in an installation."""

from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connections
from django.test import Client
from psycopg import sql

from rtopnet.config.installation import migrate
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.database import grant_to_restricted_role

ROOMS = Path(__file__).resolve().parents[1] / "rtopnet"


def _owner_connection(database: str) -> psycopg.Connection:
    owner = settings.DATABASES["owner"]
    return psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=database,
        autocommit=True,
    )


def _drop(connection: psycopg.Connection, name: sql.Identifier) -> None:
    try:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    except psycopg.errors.InsufficientPrivilege:
        # The server's own vacuum is at work there; it gives way to a plain drop, not to us.
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))


def _pattern_name() -> str:
    """The name of a migrated database to copy; another one after any change that migrations could feel."""
    folders = ("*/migrations", "*/models", "warning/*/migrations", "kernel", "audit", "sharing", "config")
    files = {file for folder in folders for file in ROOMS.glob(f"{folder}/*.py")} | set(ROOMS.glob("*/*.py"))
    text = b"".join(file.read_bytes() for file in sorted(files))
    return f"rtopnet_pattern_{sha256(text).hexdigest()[:16]}"


def _migrated(connection: psycopg.Connection, name: sql.Identifier) -> None:
    """Make the database ``name``: a copy where one was migrated before, for migrating takes ten seconds."""
    pattern = sql.Identifier(_pattern_name())
    known = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'rtopnet_pattern_%'")
    patterns = [sql.Identifier(datname) for (datname,) in known.fetchall()]
    if pattern in patterns:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, pattern))
        grant_to_restricted_role()  # rights on the database itself are not copied
        return
    for old in patterns:
        _drop(connection, old)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
    migrate()
    connections.close_all()
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(pattern, name))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    name = sql.Identifier(settings.DATABASES["owner"]["NAME"])
    with django_db_blocker.unblock():
        with _owner_connection("postgres") as connection:
            _drop(connection, name)
            connection.execute("SELECT pg_advisory_lock(1)")  # until this connection is closed
            _migrated(connection, name)
        yield
        connections.close_all()
    with _owner_connection("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The database without a surrounding transaction, emptied by its owner afterwards."""
    with django_db_blocker.unblock():
        yield
        for connection in connections.all(initialized_only=True):
            connection.close()
        with _owner_connection(settings.DATABASES["owner"]["NAME"]) as connection:
            _empty(connection)


def _empty(connection: psycopg.Connection) -> None:
    # Deleting the few rows that a test wrote is much quicker than truncating every table. Foreign keys are
    # deferred, so the order of tables is free; triggers of our own would ask for an entry in the ledger.
    kept = "('django_migrations', 'django_content_type', 'audit_head', 'audit_book')"
    names = connection.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
        f"AND tablename NOT IN {kept}"
    ).fetchall()
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for (name,) in names)
    with connection.transaction():
        tables = [name for (name,) in connection.execute(filled).fetchall()]
        for table in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            connection.execute(f"DELETE FROM {table}")
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        connection.execute("DELETE FROM audit_book")
        connection.execute("UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')")


@pytest.fixture(autouse=True)
def _both_factors(monkeypatch):
    """A test that forces a sign-in means a whole one, with the second factor proved."""
    by_password_alone = Client.force_login

    def force_login(client, account, backend=None):
        with acting_for(Capacity.SIGN_IN):
            by_password_alone(client, account, backend)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "forced", "at": 0}]
        session["account_authentication_methods_user"] = session[SESSION_KEY]
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)
