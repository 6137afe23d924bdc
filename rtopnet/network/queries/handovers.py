"""To whom a post can pass, what passes with it, and what was left written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.network.models import STATE_POSTS, Account, Handover, Holding, Post, PostKind
from rtopnet.network.queries.members import held_at
from rtopnet.network.rules import name_in

_DESK_KINDS = frozenset({PostKind.FOCAL_POINT, PostKind.DEPUTY})
_NETWORK_KINDS = frozenset({*STATE_POSTS, PostKind.SECRETARIAT})


@dataclass(frozen=True)
class Successor:
    """Somebody to whom a post can pass, with the posts they hold now."""

    id: UUID
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class HandoverView:
    """A hand-over as those see it who may; ``at`` is in the time zone it was set in."""

    id: UUID
    post: UUID
    from_name: str
    to_name: str
    to_me: bool
    at: datetime
    note: str
    is_to_come: bool


@dataclass(frozen=True)
class Loss:
    """What the holder of a post will no longer read once it has passed on."""

    holder: str
    body: str
    space: bool
    """What lies in the state's space."""
    addressed: bool
    """What others address to the state or institution."""
    network: bool
    """What is addressed to the whole network."""
    everything: bool
    """They hold no other post, and read nothing at all from then on."""


def successors_of(post: UUID, language: str = "en") -> list[Successor]:
    """Open accounts that hold or held a post of the same state or institution, by name."""
    row = Post.objects.get(pk=post)
    same = Q(post__state_id=row.state_id) if row.state_id else Q(post__institution_id=row.institution_id)
    known = set(Holding.objects.filter(same).values_list("account_id", flat=True))
    known -= set(Holding.objects.filter(held_at(now()), post=row).values_list("account_id", flat=True))
    titles: dict[UUID, list[str]] = {account: [] for account in known}
    for holding in Holding.objects.filter(held_at(now()), account_id__in=known).select_related("post"):
        titles[holding.account_id].append(name_in(holding.post.titles, language))
    people = Account.objects.filter(pk__in=known, is_active=True).order_by("name", "pk")
    return [Successor(person.pk, person.name, tuple(sorted(titles[person.pk]))) for person in people]


def loss_of(post: UUID, language: str) -> Loss | None:
    """What whoever holds the post now stops reading when it passes on; None where it stands empty."""
    holding = (
        Holding.objects.filter(held_at(now()), post_id=post)
        .select_related("account", "post__state", "post__institution")
        .first()
    )
    if holding is None:
        return None
    row = holding.post
    others = [
        other.post
        for other in Holding.objects.filter(held_at(now()), account_id=holding.account_id)
        .exclude(post_id=post)
        .select_related("post")
    ]
    of_same = [other for other in others if _body(other) == _body(row)]
    is_desk = row.kind in _DESK_KINDS or row.state_id is None
    keeps = bool(of_same) and (not is_desk or any(_is_desk(other) for other in of_same))
    named = row.state or row.institution
    return Loss(
        holder=holding.account.name,
        body=name_in(named.names, language) if named else "",
        space=row.state_id is not None and not keeps and (is_desk or row.reads_space),
        addressed=not keeps,
        network=row.kind in _NETWORK_KINDS and not any(other.kind in _NETWORK_KINDS for other in others),
        everything=not others,
    )


def handovers_in_sight(post: UUID, account: UUID) -> list[HandoverView]:
    """Hand-overs of the post that were not cancelled, newest first, as far as the reader may see them."""
    rows = (
        Handover.objects.filter(post_id=post, cancelled_at__isnull=True)
        .select_related("from_account", "to_account")
        .order_by("-at")
    )
    return [_view(row, account) for row in rows]


def handover_in_sight(handover: UUID, account: UUID) -> HandoverView | None:
    """One hand-over, if the reader may see it."""
    row = (
        Handover.objects.filter(pk=handover, cancelled_at__isnull=True)
        .select_related("from_account", "to_account")
        .first()
    )
    return _view(row, account) if row else None


def _view(row: Handover, account: UUID) -> HandoverView:
    return HandoverView(
        id=row.pk,
        post=row.post_id,
        from_name=row.from_account.name if row.from_account else "",
        to_name=row.to_account.name,
        to_me=row.to_account_id == account,
        at=row.at.astimezone(ZoneInfo(row.time_zone)),
        note=row.note,
        # Whoever was closed meanwhile takes nothing over.
        is_to_come=row.at > now() and row.to_account.is_active,
    )


def _body(post: Post) -> UUID | None:
    return post.state_id or post.institution_id


def _is_desk(post: Post) -> bool:
    return post.kind in _DESK_KINDS or post.state_id is None
