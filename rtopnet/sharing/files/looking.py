"""Looking into files by a process of its own that is shut off from all else; see ``looker``."""

import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rtopnet.sharing.files import store

LOOKER = Path(__file__).with_name("looker.py")
SECONDS = 40
"""Of the clock on the wall; the looker's own limit is on what it computes."""
LARGEST_PICTURE = 8 * 1024 * 1024
LONGEST_ANSWER = 64 * 1024
BARE_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
"""What a PNG needs to be one; all other parts could tell something."""
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Look:
    """What was seen in a file; ``picture`` is a PNG that holds nothing but dots."""

    outcome: str
    """``made``, ``none`` for kinds that get no preview, or ``failed``."""
    picture: bytes = b""
    facts: tuple[dict[str, str], ...] = ()
    can_be_cleaned: bool = False
    walls: tuple[str, ...] = field(default=(), compare=False)
    """What the looker could be shut off by on this machine."""


FAILED = Look("failed")


def look_into(content: Path, kind: str) -> Look:
    """What a file tells about its making, and a picture of its first page; a hostile file fails, no more."""
    answer, picture = _answer(content, "look", kind, LARGEST_PICTURE)
    outcome = answer.get("outcome")
    if outcome not in {"made", "none"} or (outcome == "made" and not is_bare_png(picture)):
        return Look("failed", walls=tuple(answer.get("walls", ())))
    return Look(
        outcome,
        picture if outcome == "made" else b"",
        tuple(_facts(answer)),
        answer.get("can_be_cleaned") is True,
        tuple(answer.get("walls", ())),
    )


def cleaned(content: Path, kind: str, largest: int) -> bytes:
    """The picture drawn anew without anything else that its file holds; empty where that fails."""
    answer, picture = _answer(content, "clean", kind, largest)
    return picture if answer.get("outcome") == "made" else b""


def is_bare_png(content: bytes) -> bool:
    """Whether it is a whole PNG without any part that could hold words."""
    if not content.startswith(PNG):
        return False
    names = list(_chunks(content[len(PNG) :]))
    return bool(names) and names[-1] == b"IEND" and set(names) <= BARE_CHUNKS


def _chunks(rest: bytes) -> Iterator[bytes]:
    while rest:
        length = int.from_bytes(rest[:4], "big")
        name, body, check = rest[4:8], rest[8 : 8 + length], rest[8 + length : 12 + length]
        yield name if zlib.crc32(name + body).to_bytes(4, "big") == check else b"broken"
        rest = rest[12 + length :]


def _facts(answer: dict[str, Any]) -> Iterator[dict[str, str]]:
    # The looker may have been taken over by the file: nothing it says is taken on trust.
    for fact in answer.get("facts", [])[:30]:
        yield {"about": str(fact.get("about"))[:20], "value": str(fact.get("value"))[:200]}


def _answer(content: Path, task: str, kind: str, largest: int) -> tuple[dict[str, Any], bytes]:
    scratch = store.incoming_path()
    with TemporaryDirectory() as empty, content.open("rb") as source, store.new_file(scratch) as out:
        try:
            subprocess.run(  # noqa: S603 -- our own program, with words of ours
                [sys.executable, "-I", str(LOOKER), task, kind, str(largest)],
                stdin=source,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=empty,
                env={"LC_ALL": "C.UTF-8"},
                timeout=SECONDS,
                check=True,
            )
            out.seek(0)
            answer = json.loads(out.readline(LONGEST_ANSWER))
            return (answer if isinstance(answer, dict) else {}), out.read(largest)
        except (subprocess.SubprocessError, ValueError):
            return {}, b""
        finally:
            scratch.unlink(missing_ok=True)
