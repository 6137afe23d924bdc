"""A page of a body's book, in the names its reader knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.audit.public import BookEntry, Checkpoint, end_of, own_checkpoints, own_entries
from rtopnet.network.models import Account

PAGE = 50
LOOKED_AT_FOR_VERBS = 500


@dataclass(frozen=True)
class Deed:
    """An entry of a book as its desk reads it; ``actor`` is empty when the program itself acted."""

    number: int
    at: datetime
    actor: str
    verb: str
    kind: str
    subject: str


@dataclass(frozen=True)
class BookPage:
    """Some entries of a book, newest first, and where its reader can go from there."""

    deeds: tuple[Deed, ...]
    entries: int
    older: int | None
    """The number before which the next page begins, where there is one."""
    verbs: tuple[str, ...]
    checkpoint: Checkpoint | None


def book_page(book: UUID, *, before: int | None = None, verb: str = "") -> BookPage:
    """A page of a book of one's own, of all entries or those of one verb."""
    end = end_of(book)
    entries = end.seq if end else 0
    newest = entries if before is None else min(before - 1, entries)
    found = own_entries(book, newest=newest, verb=verb or None, limit=PAGE + 1)
    recent = own_entries(book, newest=entries, limit=LOOKED_AT_FOR_VERBS)
    points = own_checkpoints(book)
    return BookPage(
        deeds=tuple(_deeds(found[:PAGE])),
        entries=entries,
        older=found[PAGE - 1].number if len(found) > PAGE else None,
        verbs=tuple(sorted({entry.verb for entry in recent} | ({verb} if verb else set()))),
        checkpoint=points[-1] if points else None,
    )


def _deeds(entries: list[BookEntry]) -> Iterable[Deed]:
    ids = {entry.account for entry in entries if entry.account}
    names = {str(pk): name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}
    for entry in entries:
        actor = names.get(entry.account, entry.account)
        yield Deed(entry.number, entry.at, actor, entry.verb, entry.kind, entry.subject)
