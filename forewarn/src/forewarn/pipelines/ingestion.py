"""From files to a store: all of them are read before any of them is added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forewarn.contracts.store import Holding, Source, Watch
from forewarn.ingest.soundness import arrived
from forewarn.ingest.store import folder_of, holdings, publish, rejects_file, writing


@dataclass(frozen=True)
class Taken:
    """What became of one file.

    Attributes:
        path: the file as named.
        holding: what the store has of it.
        was_there: it had been read before, and nothing changed.
        rejects: the list of refused rows, where there are any.
    """

    path: Path
    holding: Holding
    was_there: bool
    rejects: Path | None


class WatchMaker(Protocol):
    """Makes the watch over one file, told its name and how many lines it has."""

    def __call__(self, name: str, lines: int) -> Watch: ...


def _unwatched(name: str, lines: int) -> Watch:  # noqa: ARG001 -- the shape of a WatchMaker
    return lambda rows: None  # noqa: ARG005 -- the shape of a Watch


def ingest_files(
    source: Source,
    paths: Sequence[Path],
    *,
    store: Path,
    settings: Mapping[str, str],
    watch: WatchMaker = _unwatched,
) -> list[Taken]:
    """Read files into a store; where one of them is broken, none is added and the error names it.

    Args:
        source: how to read them.
        paths: the files.
        store: the folder; made where it does not exist.
        settings: the source's options, without those left out.
        watch: told how far each reading is.

    Raises:
        UnusableInputError: a file is broken, or the store cannot be written to.
    """
    versions = [source.version(path, settings) for path in paths]
    with writing(store) as staging:
        staged = [
            _stage(source, path, version, _Room(store, staging / str(number), settings, watch))
            for number, (path, version) in enumerate(zip(paths, versions, strict=True))
        ]
        for taken, folder in staged:
            if not taken.was_there and not folder_of(store, taken.holding).exists():
                publish(store, folder, taken.holding)
    return [taken for taken, _ in staged]


@dataclass(frozen=True)
class _Room:
    store: Path
    folder: Path
    settings: Mapping[str, str]
    watch: WatchMaker


def _stage(source: Source, path: Path, version: str, room: _Room) -> tuple[Taken, Path]:
    room.folder.mkdir()
    data = room.folder / "data"
    with arrived(path, room.settings, folder=room.folder) as arrival:
        known = _known(room, source.name, version, arrival.sha256)
        if known is not None:
            listed = rejects_file(room.store, known) if known.rejected else None
            return Taken(path, known, was_there=True, rejects=listed), data
        holding, rejects = source.read(arrival, data, room.watch(path.name, arrival.lines))
    refused = rejects_file(room.store, holding) if rejects else None
    if refused is not None:
        rejects.write(refused)
    return Taken(path, holding, was_there=False, rejects=refused), data


def _known(room: _Room, source: str, version: str, sha256: str) -> Holding | None:
    wanted = (source, version, sha256, room.settings.get("outcome"))
    for holding in holdings(room.store):
        if (holding.source, holding.version, holding.sha256, holding.outcome) == wanted:
            return holding
    return None
