"""Invitations and people, as a desk sees its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account, Holding, Invitation, Post, State
from rtopnet.network.queries.acting import acting_desks
from rtopnet.network.rules import code_digest, name_in


class InvitationStage(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class InvitationLine:
    """An invitation as the desk that gave it sees it."""

    id: UUID
    email: str
    post_titles: dict[str, str]
    stage: InvitationStage
    invited_at: datetime
    expires_at: datetime
    invited_by: str


@dataclass(frozen=True)
class OfferedPost:
    """A post to which somebody can be invited."""

    id: UUID
    titles: dict[str, str]
    kind: str


@dataclass(frozen=True)
class DeskPerson:
    """Somebody whose account the acting account's desks are responsible for."""

    account_id: UUID
    name: str
    posts: tuple[dict[str, str], ...]
    since: datetime
    may_be_closed: bool


@dataclass(frozen=True)
class OfferedTo:
    """What the page of an invitation says to who opens it."""

    email: str
    language: str
    post_titles: dict[str, str]
    region_names: dict[str, str]
    body_names: dict[str, str]
    expires_at: datetime

    def post(self, language: str) -> str:
        """The post's title."""
        return name_in(self.post_titles, language)


def decides_for_state() -> bool:
    """Whether the acting account is some state's focal point or deputy now."""
    return State.objects.filter(pk__in=acting_desks()).exists()


def invitations_of_desks() -> list[InvitationLine]:
    """Invitations of the acting account's desks, the newest first."""
    rows = Invitation.objects.filter(desk__in=acting_desks()).select_related("post", "invited_by")
    return [_line(row) for row in rows.order_by("-invited_at")]


def vacant_posts_of_desks() -> list[OfferedPost]:
    """Posts of the acting account's desks that nobody holds and that one is invited to, by key."""
    held = Holding.objects.filter(not_over())
    posts = _posts_of(acting_desks()).exclude(kind__in=("focal_point", "operator"))
    vacant = posts.exclude(pk__in=held.values("post"))
    return [OfferedPost(post.pk, post.titles, post.kind) for post in vacant.order_by("key")]


def people_of_desks() -> list[DeskPerson]:
    """Who holds a post of the acting account's desks, by name."""
    held = (
        Holding.objects.filter(not_over(), post__in=_posts_of(acting_desks()), account__is_active=True)
        .select_related("account", "post")
        .order_by("account__name", "post__key")
    )
    by_account: dict[UUID, list[Holding]] = {}
    for holding in held:
        by_account.setdefault(holding.account_id, []).append(holding)
    closable = closable_accounts(by_account)
    return [_person(holdings, closable) for holdings in by_account.values()]


def closable_accounts(account_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of the accounts the acting account may close."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::uuid[]) AS id WHERE network_may_close(id)", [list(account_ids)]
        )
        return frozenset(row[0] for row in cursor.fetchall())


def invitation_behind(code: str) -> OfferedTo | None:
    """What an unspent, unexpired code offers."""
    row = open_invitation(code).select_related("post__state", "post__institution", "region").first()
    if row is None:
        return None
    body = row.post.state or row.post.institution
    return OfferedTo(
        email=row.email,
        language=row.language,
        post_titles=row.post.titles,
        region_names=row.region.names,
        body_names=body.names if body else {},
        expires_at=row.expires_at,
    )


def account_of_state(*, email: str, region_slug: str, iso3: str) -> Account | None:
    """The open account of that address, if it holds a post of that state now."""
    held = Holding.objects.filter(
        not_over(),
        starts_at__lte=now(),
        post__state__iso3=iso3,
        post__state__region__slug=region_slug,
    )
    return Account.objects.filter(email=email, is_active=True, pk__in=held.values("account")).first()


def open_invitation(code: str) -> QuerySet[Invitation]:
    """The invitation of an unspent, unexpired code, for services of this room."""
    return Invitation.objects.filter(
        secret_sha256=code_digest(code),
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=now(),
    )


def not_over() -> Q:
    """Holdings that are, or will be."""
    return Q(ends_at__isnull=True) | Q(ends_at__gt=now())


def _posts_of(desks: frozenset[UUID]) -> Any:
    mine = Post.objects.annotate(desk=Coalesce("state_id", "institution_id")).filter(desk__in=desks)
    return mine.filter(retired_at__isnull=True)


def _line(row: Invitation) -> InvitationLine:
    return InvitationLine(
        id=row.pk,
        email=row.email,
        post_titles=row.post.titles,
        stage=_stage(row),
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        invited_by=row.invited_by.name if row.invited_by else "",
    )


def _stage(row: Invitation) -> InvitationStage:
    if row.accepted_at:
        return InvitationStage.ACCEPTED
    if row.withdrawn_at:
        return InvitationStage.WITHDRAWN
    return InvitationStage.OPEN if row.expires_at > now() else InvitationStage.EXPIRED


def _person(holdings: list[Holding], closable: frozenset[UUID]) -> DeskPerson:
    account: Account = holdings[0].account
    titles = tuple(holding.post.titles for holding in holdings)
    since = min(holding.starts_at for holding in holdings)
    return DeskPerson(account.pk, account.name, titles, since, account.pk in closable)
