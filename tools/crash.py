"""Kill the database and the web process in the middle of writes, again and again, and count what was lost.

    .venv/bin/python tools/crash.py [--kills 20] [--port 8499]

Writers draft records through the services and use sign-in links over HTTP; each notes a write only once it
was acknowledged to it. In the end everything noted must be there, whole, and the ledger intact.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

PROJECT = Path(__file__).resolve().parents[1]
RTOPNET = Path(sys.executable).parent / "rtopnet"
DRAFTERS, VISITORS = 3, 1
START_SECONDS, STOP_SECONDS = 180, 60
FIRST_WRITES = 8
"""How many writes must have been acknowledged since a start before the next kill."""


def main() -> None:
    """Crash an installation of its own in a temporary folder; exit with 1 if anything was lost."""
    options = _options()
    if options.writer:
        write_on(options.writer, options.noted, options.port)
        return
    with tempfile.TemporaryDirectory(prefix="rtopnet-crash-", ignore_cleanup_errors=True) as name:
        sys.exit(crash(Path(name), options.kills, options.port))


def crash(folder: Path, kills: int, port: int) -> int:
    """Run, kill and run again; 0 where nothing was lost."""
    noted = folder / "noted"
    noted.mkdir()
    installation = start(folder, port)
    with writers(folder, noted, port) as writing:
        for number in range(1, kills + 1):
            wait_for_writes(noted, len(acknowledged(noted)) + FIRST_WRITES, writing)
            time.sleep(random.uniform(0, 0.4))  # noqa: S311 -- any moment will do
            kill_all(folder, {writer.pid for writer in writing})
            installation.wait()
            print(f"kill {number}: {len(acknowledged(noted))} writes acknowledged so far", flush=True)
            installation = start(folder, port)
        wait_for_writes(noted, len(acknowledged(noted)) + FIRST_WRITES, writing)
    lost, unsafe = missing(folder, acknowledged(noted))
    installation.send_signal(signal.SIGINT)
    installation.wait(STOP_SECONDS)
    ledger = checked_ledger(folder)
    for what in [*lost, *unsafe]:
        print(f"crash: {what}")
    is_intact, count = ledger.startswith("ledger intact"), len(acknowledged(noted))
    state = "ledger intact" if is_intact else ledger
    print(f"crash: {len(lost)} lost of {count} acknowledged writes, {kills} kills, {state}")
    return int(bool(lost or unsafe) or not is_intact)


def start(folder: Path, port: int) -> "subprocess.Popen[str]":
    """Serve, and return once it answers."""
    log = folder / "log"
    with log.open("a") as said:
        process = subprocess.Popen(
            [RTOPNET, "run", "--port", str(port)],
            cwd=PROJECT,
            env=environment(folder),
            stdout=said,
            stderr=said,
            text=True,
            start_new_session=True,
        )
    until = time.monotonic() + START_SECONDS
    began = log.stat().st_size
    while time.monotonic() < until and process.poll() is None:
        with log.open() as said:
            said.seek(began)
            if "Ctrl-C stops it" in said.read():
                return process
        time.sleep(0.2)
    sys.exit(f"crash: it did not start again; the end of its log:\n{log.read_text()[-2000:]}")


def kill_all(folder: Path, spared: set[int]) -> None:
    """End every process of the installation at once, the database's first, as a power cut would."""
    victims = [process for process in processes_of(folder) if process.pid not in spared]
    victims.sort(key=lambda process: "postgres" not in process.name())
    for victim in victims:
        with suppress(psutil.NoSuchProcess):  # some die with those killed before them
            victim.kill()
    psutil.wait_procs(victims, timeout=STOP_SECONDS)


def processes_of(folder: Path) -> list[psutil.Process]:
    """Everything that runs of the installation, by its folder in the arguments or the environment."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            text = " ".join(process.cmdline()) + process.environ().get("RTOPNET_DATA", "")
            if str(folder) in text and process.pid != os.getpid():
                found.append(process)
    return found


@contextmanager
def writers(folder: Path, noted: Path, port: int) -> "Iterator[list[subprocess.Popen[bytes]]]":
    """Processes that write without pause, through every crash, until the block ends."""
    kinds = ["draft"] * DRAFTERS + ["visit"] * VISITORS
    errors = (folder / "writers").open("wb")
    running = [
        subprocess.Popen(
            [
                sys.executable,
                __file__,
                "--writer",
                kind,
                "--noted",
                noted / f"{kind}-{number}",
                "--port",
                str(port),
            ],
            cwd=PROJECT,
            env=environment(folder) | {"DATABASE_URL": address(folder, "rtopnet_web")},
            stderr=errors,
        )
        for number, kind in enumerate(kinds)
    ]
    try:
        yield running
    finally:
        for writer in running:
            writer.kill()
            writer.wait()
        errors.close()


def wait_for_writes(noted: Path, count: int, writing: "list[subprocess.Popen[bytes]]") -> None:
    """Return once so many writes were acknowledged."""
    until = time.monotonic() + START_SECONDS
    while len(acknowledged(noted)) < count:
        if time.monotonic() > until or any(writer.poll() is not None for writer in writing):
            sys.exit(f"crash: the writers write no more:\n{(noted.parent / 'writers').read_text()[-2000:]}")
        time.sleep(0.02)


def acknowledged(noted: Path) -> list[str]:
    """Every write that was acknowledged to its writer, as ``kind id``."""
    return [line for file in sorted(noted.iterdir()) for line in file.read_text().splitlines() if line]


def missing(folder: Path, writes: list[str]) -> tuple[list[str], list[str]]:
    """Acknowledged writes that are not there, or not whole; and settings that would lose some."""
    with psycopg.connect(address(folder, "postgres")) as connection:
        deeds = set(connection.execute("SELECT verb || ' ' || subject FROM audit_ledger").fetchall())
        whole = connection.execute(
            "SELECT 'drafted ' || r.id FROM sharing_record r JOIN sharing_recordtext t ON t.record_id = r.id"
        )
        rows = set(whole.fetchall())
        torn = connection.execute(
            "SELECT 'torn record ' || id FROM sharing_record r "
            "WHERE NOT EXISTS (SELECT 1 FROM sharing_recordtext t WHERE t.record_id = r.id) OR NOT EXISTS "
            "(SELECT 1 FROM audit_ledger WHERE verb = 'drafted' AND subject = r.id::text)"
        )
        lost = [line for (line,) in torn.fetchall()]
        settings = ("fsync", "full_page_writes", "synchronous_commit")
        unsafe = [
            f"{name} is off" for name in settings if connection.execute(f"SHOW {name}").fetchone() != ("on",)
        ]
    lost += [f"lost: {line}" for line in writes if (line,) not in deeds]
    lost += [f"lost: {line}" for line in writes if line.startswith("drafted") and (line,) not in rows]
    return lost, unsafe


def checked_ledger(folder: Path) -> str:
    """What ``rtopnet ledger verify`` says, on one line."""
    command = [RTOPNET, "ledger", "verify"]
    result = subprocess.run(
        command, cwd=PROJECT, env=environment(folder), capture_output=True, text=True, check=False
    )
    return (result.stdout + result.stderr).strip().splitlines()[0]


def environment(folder: Path) -> dict[str, str]:
    """The environment of an installation in ``folder``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "RTOPNET_"))}
    return kept | {"RTOPNET_DATA": str(folder)}


def address(folder: Path, user: str) -> str:
    """Where the installation's database listens; the same after every start."""
    _, _, _, port, socket_folder, *_ = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
    return f"postgresql://{user}@/rtopnet?host={socket_folder}&port={port}"


def write_on(kind: str, noted: Path, port: int) -> None:
    """Write and note without end; what fails was not acknowledged, and is not noted."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "rtopnet.config.settings.local"
    django.setup()
    import httpx
    from django.db import DatabaseError, connections

    write = None
    with noted.open("a") as notes:
        while True:
            try:
                # The first kill may come before a writer has found its account.
                write = write or (drafting() if kind == "draft" else visiting(port))
                line = write()
            except (DatabaseError, httpx.HTTPError):
                connections.close_all()
                time.sleep(0.05)
                continue
            notes.write(f"{line}\n")
            notes.flush()


def drafting() -> Callable[[], str]:
    """Draft records as a focal point."""
    from rtopnet.sharing.public import Marking, Terms, Words, draft_record

    account, state = a_focal_point()

    def draft() -> str:
        terms = Terms(kind="report", marking=Marking.AMBER)
        record = draft_record(by=account, terms=terms, words=Words("Crash", "Words " * 200), state=state)
        return f"drafted {record}"

    return draft


def visiting(port: int) -> Callable[[], str]:
    """Use sign-in links over HTTP; the answer that signs in acknowledges that the link is spent."""
    from hashlib import sha256

    import httpx

    from rtopnet.kernel.acting import Capacity, acting_for
    from rtopnet.network.models import Account, SignInLink
    from rtopnet.network.public import give_sign_in_link

    account, _ = a_focal_point()

    def visit() -> str:
        with acting_for(Capacity.INSTALLATION):
            secret = give_sign_in_link(account=Account.objects.get(pk=account))
            link = SignInLink.objects.get(secret_sha256=sha256(secret.encode()).hexdigest()).pk
        page = f"http://localhost:{port}/sign-in/{secret}/"
        with httpx.Client(timeout=10) as browser:
            form = browser.get(page)
            token = form.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
            answer = browser.post(page, data={"csrfmiddlewaretoken": token}, headers={"Referer": page})
        if answer.status_code != httpx.codes.FOUND:
            raise httpx.HTTPError(f"not signed in: {answer.status_code}")
        return f"used {link}"

    return visit


def a_focal_point() -> "tuple[object, object]":
    """An account that decides for a state, and the state."""
    from rtopnet.kernel.acting import Capacity, acting_for
    from rtopnet.network.models import Holding

    with acting_for(Capacity.INSTALLATION):
        held = Holding.objects.filter(post__kind="focal_point", ends_at=None).select_related("post").first()
        return held.account_id, held.post.state_id


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--port", type=int, default=8499)
    parser.add_argument("--writer", choices=["draft", "visit"], help=argparse.SUPPRESS)
    parser.add_argument("--noted", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
