"""``rtopnet verify FILE``: whether an export is as it was signed; needs neither platform nor database."""

import argparse
import os
import sys
from hashlib import file_digest
from pathlib import Path

from rtopnet.kernel.seals import SUFFIX, BrokenSealError, Seal, opened
from rtopnet.kernel.signing import public_keys_in

INTACT, BROKEN, UNUSABLE = 0, 1, 2


def verify(arguments: list[str]) -> int:
    """Check a file against its seal and say what was found; 0 intact, 1 not, 2 it could not be checked."""
    options = _options(arguments)
    seal_file = options.signature or options.file.with_name(options.file.name + SUFFIX)
    try:
        seal = _opened(options.file, seal_file)
        known = _known_keys(options.key)
    except OSError as error:
        return _refuse(UNUSABLE, f"{error.filename} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        return _refuse(UNUSABLE, "a file of keys is not text: it should hold public keys in PEM")
    except BrokenSealError as error:
        return _refuse(BROKEN, f"{options.file.name}: {error}")
    if options.key and not known:
        return _refuse(UNUSABLE, "the file of keys holds no Ed25519 public key in PEM")
    if options.key and seal.key_id not in known:
        return _refuse(
            BROKEN, f"{options.file.name} was signed by key {seal.key_id}, which is none of those given"
        )
    _tell(options.file, seal, is_known=seal.key_id in known)
    return INTACT


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="rtopnet verify", description="Check an exported file against its detached signature."
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("signature", type=Path, nargs="?", help=f"by default the file's name with {SUFFIX}")
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="PUBLIC.pem",
        help="public keys to trust, as those who run the platform gave them to you; may be given again",
    )
    return parser.parse_args(arguments)


def _opened(file: Path, seal_file: Path) -> Seal:
    seal = seal_file.read_bytes()
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return opened(seal, digest=digest, size=file.stat().st_size)


def _known_keys(given: list[Path]) -> set[str]:
    return {key_id for file in given or _own_list() for key_id in public_keys_in(file.read_text())}


def _own_list() -> list[Path]:
    """Where the installation runs on this machine, its own list of keys."""
    key = os.environ.get("RTOPNET_SIGNING_KEY")
    data = Path(os.environ.get("RTOPNET_DATA", Path(__file__).resolve().parents[2] / "data"))
    listed = Path(f"{key}s.pem") if key else data / "signing_keys.pem"
    return [listed] if listed.is_file() else []


def _tell(file: Path, seal: Seal, *, is_known: bool) -> None:
    trust = (
        "known" if is_known else "not known here: compare it with what those who run the platform tell you"
    )
    lines = [
        f"{file.name}: intact, signed {seal.signed_at}",
        f"  key: {seal.key_id} ({trust})",
        f"  sha256: {seal.sha256}",
        *(f"  {name}: {value}" for name, value in sorted(seal.claims.items())),
    ]
    sys.stdout.write("\n".join(_one_line(line) for line in lines) + "\n")


def _one_line(text: str) -> str:
    # A claim is signed, but by whom is open: it must not write to the terminal what it likes.
    return "".join(character if character.isprintable() else " " for character in text)


def _refuse(status: int, reason: str) -> int:
    sys.stderr.write(f"rtopnet: {_one_line(reason)}\n")
    return status
