"""``rtopnet run``: prepare everything, then keep a web server and a worker until told to stop."""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Self

import django

from rtopnet.kernel.errors import SetUpError

STOP_SECONDS = 10
HOSTS = ("127.0.0.1", "::1")


def serve(arguments: list[str]) -> None:
    """Serve until Ctrl-C or SIGTERM; on leaving, nothing of ours is left running.

    Raises:
        SetUpError: the port is taken, or the installation cannot be brought up to date.
    """
    options = _options(arguments)
    hosts = _free_hosts(options.port)
    django.setup()
    from rtopnet.config.first_run import prepare, sign_in_lines

    began = time.monotonic()
    lines = sign_in_lines(prepare(tell=_tell), options.port)
    # Readers of mails must find the port that was chosen here.
    address = os.environ.get("RTOPNET_ADDRESS", f"http://localhost:{options.port}")
    with _Children(RTOPNET_ADDRESS=address) as children:
        children.start("web server", _web(hosts, options.port))
        children.start(
            "worker",
            [
                *(sys.executable, "-m", "rtopnet.config", "procrastinate", "worker", "--wait"),
                *("--delete-jobs", "successful"),
            ],
        )
        _wait_until_it_answers(hosts[0], options.port, children)
        _tell(f"RtoPNet is at http://localhost:{options.port} (ready in {time.monotonic() - began:.0f} s)\n")
        for line in lines:
            _tell(line)
        _tell("\nCtrl-C stops it.")
        children.wait()


def prepare_only() -> None:
    """``rtopnet prepare``: bring an installation up to date without serving it."""
    django.setup()
    from rtopnet.config.first_run import prepare

    packs = prepare(tell=_tell)
    _tell(f"up to date: {', '.join(pack.region.slug for pack in packs)}")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="rtopnet run", description="Prepare and serve the platform.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    return parser.parse_args(arguments)


def _free_hosts(port: int) -> list[str]:
    free = []
    for host in HOSTS:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with suppress(OSError), socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex((host, port)) == 0:
                raise SetUpError(f"port {port} is in use: stop what listens there, or run with PORT=8001")
            probe.bind((host, port))
            free.append(host)
    if not free:
        raise SetUpError(f"port {port} cannot be listened on: choose another with PORT=8001")
    return free


def _web(hosts: list[str], port: int) -> list[str]:
    binds = [
        word for host in hosts for word in ("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    ]
    return [
        *(sys.executable, "-m", "gunicorn", "rtopnet.config.wsgi:application", *binds),
        *(
            "--workers",
            "2",
            "--threads",
            "4",
            "--preload",
            "--log-level",
            "warning",
            "--graceful-timeout",
            "3",
        ),
        *("--worker-tmp-dir", "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp"),  # noqa: PTH112, S108
    ]


class _Children:
    """Our own processes; none outlives us, however we end."""

    def __init__(self, **more: str) -> None:
        self._more = more
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._running.values():
            child.terminate()
        for child in self._running.values():
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()

    def start(self, name: str, command: list[str]) -> None:
        """Start ``command`` without the owner's way into the database."""
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_OWNER_URL"} | self._more
        # No thread runs yet, so the child may set its own end by before it becomes the program.
        self._running[name] = subprocess.Popen(  # noqa: S603 -- our own programs
            command,
            env=environment,
            start_new_session=True,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 -- no threads
        )

    def wait(self) -> None:
        """Return when told to stop; raise SetUpError when a child ends by itself."""
        while not self._stopping:
            self.refuse_dead()
            time.sleep(0.2)

    def refuse_dead(self) -> None:
        """Raise SetUpError when a child has ended."""
        for name, child in self._running.items():
            if child.poll() is not None and not self._stopping:
                raise SetUpError(f"the {name} ended with status {child.returncode}; its last words are above")

    @property
    def is_stopping(self) -> bool:
        """Whether we were told to stop."""
        return self._stopping

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- signal's signature
        self._stopping = True


def _die_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, signal.SIGTERM) and None


def _wait_until_it_answers(host: str, port: int, children: _Children) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while not children.is_stopping:
        children.refuse_dead()
        with socket.socket(family) as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
