"""The ``rtopnet`` command: sets the stage (settings, database) and hands over to the rooms' commands."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from rtopnet.config.embedded_postgres import OWNER, RESTRICTED, embedded_postgres
from rtopnet.kernel.errors import RuleBrokenError, SetUpError

WITHOUT_DATABASE = {
    "help",
    "version",
    "--help",
    "-h",
    "--version",
    "makemigrations",
    "collectstatic",
    "verify",
}

HELP = """\
rtopnet: the working place of a regional Responsibility-to-Protect network

  rtopnet run [--port N]                prepare and serve on this machine
  rtopnet prepare                       migrate, load region packs, compute outlooks; do not serve
  rtopnet region check FOLDER           name every fault of a region pack, with file and line
  rtopnet region load FOLDER            bring a region pack into the database
  rtopnet invite-first POST EMAIL [--region SLUG]
                                        print a one-time code for the first holder of a post
  rtopnet outlook run [--region SLUG] [--origin YYYY-MM] [--background]
                                        compute outlooks anew
  rtopnet ledger verify                 find any changed, dropped, inserted or reordered entry
  rtopnet ledger checkpoint             sign where the ledger and its books end
  rtopnet keys show|rotate              the key that exports and checkpoints are signed with
  rtopnet verify FILE [SIGNATURE]       check an exported file; needs neither platform nor database
  rtopnet backup FILE [--with-keys]     everything into one file
  rtopnet restore FILE                  from that file into an empty installation, checked
  rtopnet procrastinate worker          do what was left for later

Every command says more with --help; Django's own commands work as well.
Settings come from RTOPNET_DATA, DATABASE_URL and DATABASE_OWNER_URL (docs/how-to).
"""


def main() -> None:
    """Run a command; anything a person can mend ends as one line on stderr and exit status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtopnet.config.settings.local")
    arguments = sys.argv[1:]
    os.umask(0o077)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _stage(arguments):
            _run(arguments)
    except (SetUpError, RuleBrokenError) as error:
        sys.exit(_fail(str(error)))
    except KeyboardInterrupt:
        sys.exit(130)


def data_folder() -> Path:
    """Where this installation keeps everything it writes."""
    return Path(os.environ.get("RTOPNET_DATA", Path(__file__).resolve().parents[2] / "data"))


@contextmanager
def _stage(arguments: list[str]) -> Iterator[None]:
    if os.environ.get("DATABASE_URL") or not _needs_database(arguments):
        yield
        return
    with embedded_postgres(data_folder()) as server:
        server.prepare()
        os.environ["DATABASE_URL"] = server.url(user=RESTRICTED)
        os.environ["DATABASE_OWNER_URL"] = server.url(user=OWNER)
        yield


def _needs_database(arguments: list[str]) -> bool:
    return bool(arguments) and arguments[0] not in WITHOUT_DATABASE and arguments[:2] != ["region", "check"]


def _run(arguments: list[str]) -> None:
    if arguments in ([], ["help"], ["-h"], ["--help"]):
        sys.stdout.write(HELP)
        return
    if arguments == ["--version"]:
        sys.stdout.write(f"rtopnet {version('rtopnet')}\n")
        return
    if arguments[:1] == ["verify"]:
        from rtopnet.config.verify import verify

        sys.exit(verify(arguments[1:]))
    if arguments[:1] == ["run"]:
        from rtopnet.config.serve import serve

        serve(arguments[1:])
        return
    if arguments[:1] in (["backup"], ["restore"]):
        _back_up_or_restore(*arguments)
        return
    if arguments == ["prepare"]:
        from rtopnet.config.serve import prepare_only

        prepare_only()
        return
    from django.core.management import execute_from_command_line

    if arguments[:1] == ["procrastinate"]:
        _refuse_powerful_worker()
    # Commands are typed with hyphens, and their modules cannot have any.
    execute_from_command_line(["rtopnet", arguments[0].replace("-", "_"), *arguments[1:]])


def _back_up_or_restore(verb: str, *arguments: str) -> None:
    import django

    django.setup()
    from rtopnet.config.backup import backup
    from rtopnet.config.restore import restore

    {"backup": backup, "restore": restore}[verb](list(arguments), tell=_tell)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _refuse_powerful_worker() -> None:
    import django

    django.setup()
    from rtopnet.config.installation import refuse_to_serve_as_powerful_role

    refuse_to_serve_as_powerful_role()


def _fail(message: str) -> int:
    sys.stderr.write(f"rtopnet: {message}\n")
    return 2
