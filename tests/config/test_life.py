"""Starting, stopping and dying: nothing is left running, and the next start works."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

PROJECT = Path(__file__).resolve().parents[2]
PORT = 8492

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="rtopnet-", ignore_cleanup_errors=True) as name:
        yield name


@contextmanager
def running(folder):
    """The platform, serving; on leaving it must have been stopped, one way or another."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_"))}
    log = Path(folder) / "log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [Path(sys.executable).parent / "rtopnet", "run", "--port", str(PORT)],
            cwd=PROJECT,
            env=environment | {"RTOPNET_DATA": folder},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C stops it" in line:
                break
        else:
            raise AssertionError("".join(lines) + log.read_text())
        yield process


def stop(process):
    process.send_signal(signal.SIGINT)
    process.wait(30)


def ours(folder):
    """Processes of this installation: by its data folder in their arguments or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            text = " ".join(process.cmdline()) + process.environ().get("RTOPNET_DATA", "")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if folder in text and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def wait_until_gone(folder, seconds=20):
    until = time.monotonic() + seconds
    while ours(folder) and time.monotonic() < until:
        time.sleep(0.1)
    return [process.cmdline() for process in ours(folder)]


def test_ctrl_c_leaves_nothing_running(folder):
    with running(folder) as process:
        assert len(ours(folder)) > 4
        stop(process)
    assert wait_until_gone(folder) == []


def test_the_second_start_is_quick(folder):
    began = time.monotonic()
    with running(folder) as process:
        taken = time.monotonic() - began
        process.terminate()
        process.wait(30)
    assert wait_until_gone(folder) == []
    assert taken < 60, "far above the ten seconds it takes on an idle machine, so something is done twice"


def test_killing_everything_leaves_the_next_start_working(folder):
    with running(folder):
        for process in ours(folder):
            with suppress(psutil.NoSuchProcess):  # some die with those killed before them
                process.kill()
    assert wait_until_gone(folder) == []
    with running(folder) as process:
        stop(process)
    assert wait_until_gone(folder) == []


def test_killing_the_program_alone_takes_its_children_along(folder):
    with running(folder) as process:
        process.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until and children(folder):
        time.sleep(0.1)
    assert children(folder) == []
    with running(folder) as process:
        stop(process)
    assert wait_until_gone(folder) == []


def children(folder):
    """What runs of the installation besides its database."""
    return [process.cmdline() for process in ours(folder) if "postgres" not in process.name()]
