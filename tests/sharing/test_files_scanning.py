"""Scanning by a double of ClamAV's daemon that speaks its protocol."""

import socket
import threading
from contextlib import contextmanager, suppress

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing import jobs
from rtopnet.sharing.files.scanning import Scan, ScannerFailedError, scan
from rtopnet.sharing.public import (
    Audience,
    FileHeldBackError,
    address_record,
    attachments_of,
    open_attachment,
    release_record,
)
from rtopnet.sharing.services.file_checks import MOST_TRIES
from tests.sharing.attaching import attach, draft, run_checks
from tests.sharing.worlds import make_world

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Daemon:
    """Answers INSTREAM as clamd does; finds one well-known harmless file harmful."""

    def __init__(self, most=1 << 20):
        self.most, self.heard = most, []

    def answer(self, stream):
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(stream.read(4), "big"):
            content += stream.read(length)
            if len(content) > self.most:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.heard.append(content)
        return b"stream: Eicar-Test-Signature FOUND\0" if content == EICAR else b"stream: OK\0"


class Confused(Daemon):
    def answer(self, stream):
        super().answer(stream)
        return b"stream: Can't allocate memory ERROR\0"


class Rude(Daemon):
    def answer(self, stream):
        super().answer(stream)
        return b""


class Hung(Daemon):
    def answer(self, stream):
        super().answer(stream)
        stream.read(1)  # until the other side gives up
        return b""


@contextmanager
def listening(daemon, folder):
    path = folder / "clamd.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def serve():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            # One that was given up on has nobody left to answer.
            with suppress(BrokenPipeError), connection, connection.makefile("rb") as stream:
                connection.sendall(daemon.answer(stream))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield str(path)
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)
    path.unlink()


def scanned(daemon, folder, content=b"harmless", **options):
    file = folder / "content"
    file.write_bytes(content)
    with listening(daemon, folder) as path:
        return scan(file, unix_socket=path, **options)


def test_what_is_clean_is_heard_whole(tmp_path):
    daemon = Daemon()
    content = bytes(range(256)) * 1000
    assert scanned(daemon, tmp_path, content) == Scan("clean")
    assert daemon.heard == [content]


def test_malware_is_named(tmp_path):
    assert scanned(Daemon(), tmp_path, EICAR) == Scan("found", "Eicar-Test-Signature")


def test_what_is_too_large_for_the_scanner_is_not_called_clean(tmp_path):
    assert scanned(Daemon(most=100), tmp_path, b"x" * 500_000) == Scan("too_large")


@pytest.mark.parametrize("daemon", [Confused(), Rude()])
def test_an_answer_that_is_none_is_a_failure(daemon, tmp_path):
    with pytest.raises(ScannerFailedError, match="answered"):
        scanned(daemon, tmp_path)


def test_a_scanner_that_hangs_is_not_waited_for(tmp_path):
    with pytest.raises(ScannerFailedError, match="timed out"):
        scanned(Hung(), tmp_path, timeout=0.2)


@pytest.mark.parametrize("place", [{"unix_socket": "/nowhere/clamd"}, {"host": "127.0.0.1:1"}])
def test_a_scanner_that_is_not_there_is_a_failure(place, tmp_path):
    (tmp_path / "content").write_bytes(b"x")
    with pytest.raises(ScannerFailedError, match="could not be asked"):
        scan(tmp_path / "content", **place)


@pytest.fixture
def world(settings, tmp_path, db):
    settings.DATA_FOLDER = tmp_path
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


def shared_file(world, content):
    record = draft(world)
    file = attach(world, record, content=content)
    address_record(
        by=desk(world), record=record, audience=Audience(states=frozenset({world.states["XAB"].pk}))
    )
    release_record(by=desk(world), record=record)
    return record, file


def seen(world, record, code="XAA"):
    with acting_as(desk(world, code)):
        return attachments_of(record)[0]


def read(world, file, code):
    open_attachment(by=desk(world, code), attachment=file).content.close()


def test_harmful_files_are_kept_from_addressees_and_named_to_their_owner(world, settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd.sock")
    record, file = shared_file(world, EICAR)
    with listening(Daemon(), tmp_path):
        run_checks(jobs.scan_file)
    owner, reader = seen(world, record), seen(world, record, "XAB")
    assert (owner.scan, owner.malware, owner.may_remove) == ("found", "Eicar-Test-Signature", True)
    assert (reader.scan, reader.malware, reader.may_download) == ("found", "", False)
    with pytest.raises(FileHeldBackError):
        read(world, file, "XAB")
    read(world, file, "XAA")


def test_files_are_held_back_until_they_are_scanned(world, settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd.sock")
    record, file = shared_file(world, b"harmless")
    with pytest.raises(FileHeldBackError):
        read(world, file, "XAB")
    with listening(Daemon(), tmp_path):
        run_checks(jobs.scan_file)
    assert seen(world, record).scan == "clean"
    read(world, file, "XAB")


def test_a_scanner_that_stays_away_is_said_and_holds_nothing_back_for_ever(world, settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody.sock")
    record, file = shared_file(world, b"harmless")
    for _ in range(MOST_TRIES):
        assert seen(world, record).scan == "waiting"
        run_checks(jobs.scan_file)
    assert seen(world, record).scan == "failed"
    read(world, file, "XAB")


def test_without_a_scanner_files_are_marked_not_scanned(world):
    record, file = shared_file(world, EICAR)
    read(world, file, "XAB")
    run_checks(jobs.scan_file)
    assert seen(world, record).scan == "none"
    read(world, file, "XAB")
