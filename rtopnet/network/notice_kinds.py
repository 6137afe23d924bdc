"""What notices can be about: each room registers its kinds, and how its subjects are called."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

Titles = Callable[[Collection[UUID]], Mapping[UUID, str]]
Nameable = Callable[[Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice, in words that tell nothing of any one subject.

    Attributes:
        key: ``room.kind``, such as ``sharing.released``.
        title: what it is in general; pushed to devices, so it names nobody and nothing.
        sentence: what is shown in the product; may use ``{who}`` and ``{what}``.
        route: name of the address that takes the subject's id; empty where there is none.
        urgent: may pass its reader's quiet hours and digest, if the reader chose so.
        own_letter: whoever gives it sends a mail of their own, which carries more than that something waits.
        personal: about the person and not about a post, so it stays when a post is handed over.
    """

    key: str
    title: Promise | str
    sentence: Promise | str
    route: str = ""
    urgent: bool = False
    personal: bool = False
    own_letter: bool = False


@dataclass(frozen=True)
class Subjects:
    """How the subjects of one kind are called, and which of them a mail may name at present."""

    titles_of: Titles
    nameable: Nameable | None


@dataclass(frozen=True)
class GivenNotice:
    """A notice as channels of other rooms see it: ids and kinds."""

    id: UUID
    account: UUID
    region: UUID
    kind: str
    subject_kind: str
    subject: UUID
    may_name: bool
    given_at: datetime


Channel = Callable[[Sequence[GivenNotice]], None]

_kinds: dict[str, NoticeKind] = {}
_subjects: dict[str, Subjects] = {}
_channels: list[Channel] = []


def register_notice_kind(kind: NoticeKind) -> None:
    """Make ``kind`` known; rooms do so when the program starts."""
    _kinds[kind.key] = kind


def register_subjects(subject_kind: str, titles_of: Titles, *, nameable: Nameable | None = None) -> None:
    """Say how subjects of ``subject_kind`` are called.

    Args:
        subject_kind: such as ``sharing.record``.
        titles_of: titles by id; run as the reader, so that row policies decide what has a title for them.
        nameable: those that a mail may name at present (GREEN or CLEAR), run as the reader just before the
            mail is written; without it, what the notice was given with decides alone.
    """
    _subjects[subject_kind] = Subjects(titles_of, nameable)


def register_channel(channel: Channel) -> None:
    """Call ``channel`` with every batch of notices, as the installation, in the transaction that gives them.

    It must only write down what is to be sent: what it raises undoes the deed that the notices are about.
    """
    _channels.append(channel)


def notice_kind(key: str) -> NoticeKind:
    """The registered kind of that key.

    Raises:
        LookupError: no room registered it.
    """
    if key not in _kinds:
        raise LookupError(f"no notice kind '{key}' is registered")
    return _kinds[key]


def known_kinds() -> list[NoticeKind]:
    """Every kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]


def subjects_of(subject_kind: str) -> Subjects:
    """How subjects of that kind are called.

    Raises:
        LookupError: no room registered it.
    """
    if subject_kind not in _subjects:
        raise LookupError(f"no subjects of kind '{subject_kind}' are registered")
    return _subjects[subject_kind]


def channels() -> tuple[Channel, ...]:
    """Further channels, in the order they were registered."""
    return tuple(_channels)
