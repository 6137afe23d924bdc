"""Scanning by ClamAV: the content is streamed to its daemon (INSTREAM), which answers in one line."""

import socket
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 60.0
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
DEFAULT_PORT = 3310


class ScannerFailedError(Exception):
    """The scanner could not be asked or did not answer as it should; it may be tried again."""


@dataclass(frozen=True)
class Scan:
    """What the scanner said: ``clean``, ``found`` with the malware's name, or ``too_large``."""

    outcome: str
    name: str = ""


def scan(content: Path, *, unix_socket: str = "", host: str = "", timeout: float = TIMEOUT) -> Scan:
    """Have the daemon at a socket's path, or at ``host:port``, scan a file.

    Raises:
        ScannerFailedError: it could not be reached, broke off, hung or answered with an error.
    """
    try:
        with closing(_connected(unix_socket, host, timeout)) as daemon:
            return _read(_sent(daemon, content))
    except OSError as error:
        raise ScannerFailedError(f"the scanner could not be asked: {error}") from error


def _connected(unix_socket: str, host: str, timeout: float) -> socket.socket:
    if not unix_socket:
        name, _, port = host.rpartition(":") if ":" in host else (host, "", str(DEFAULT_PORT))
        return socket.create_connection((name, int(port)), timeout)
    daemon = socket.socket(socket.AF_UNIX)
    try:
        daemon.settimeout(timeout)
        daemon.connect(unix_socket)
    except OSError:
        daemon.close()
        raise
    return daemon


def _sent(daemon: socket.socket, content: Path) -> bytes:
    daemon.sendall(b"zINSTREAM\0")
    try:
        with content.open("rb") as file:
            while part := file.read(CHUNK):
                daemon.sendall(len(part).to_bytes(4, "big") + part)
        daemon.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        # It stops listening to what is too large, and says so before it hangs up.
        pass
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (part := daemon.recv(CHUNK)):
        answer += part
    return answer


def _read(answer: bytes) -> Scan:
    said = answer.rstrip(b"\0\n").decode(errors="replace").strip()
    if said == "stream: OK":
        return Scan("clean")
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return Scan("found", said.removeprefix("stream: ").removesuffix(" FOUND")[:100])
    if said.startswith("INSTREAM size limit exceeded"):
        return Scan("too_large")
    raise ScannerFailedError(f"the scanner answered: {said[:100] or 'nothing'}")
