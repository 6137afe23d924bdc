"""The API's part of the network: who calls, who is in the region, and what the caller is told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema

from rtopnet.kernel.wire import PageIn
from rtopnet.network.public import (
    Account,
    Scope,
    caller,
    directory_of,
    institutions,
    needs,
    next_mark,
    notices_page,
    place_after,
    states_of,
    token_of,
)

_AS_THEY_ARE = (
    *("id", "kind", "title", "holder", "zone", "phone", "email", "messenger"),
    *("phone_out_of_hours", "email_out_of_hours", "messenger_out_of_hours", "note"),
)
router = Router(tags=["network"])


class RegionOut(Schema):
    """A regional network; ``is_exercise`` marks one of invented states."""

    id: UUID
    slug: str
    names: dict[str, str]
    is_exercise: bool


class PostOut(Schema):
    """A post that the caller holds."""

    id: UUID
    key: str
    kind: str
    state: UUID | None
    institution: UUID | None
    titles: dict[str, str]


class TokenOut(Schema):
    """The token that was sent, without its secret."""

    id: UUID
    name: str
    scopes: list[str]
    expires_at: datetime


class MeOut(Schema):
    """Whose token it is and what it opens."""

    account: UUID
    name: str
    language: str
    region: RegionOut
    posts: list[PostOut]
    token: TokenOut


class StateOut(Schema):
    """A member state; ``gw_id`` is its Gleditsch-Ward number."""

    id: UUID
    iso3: str
    gw_id: int
    names: dict[str, str]


class InstitutionOut(Schema):
    """An institution of a state, or (``state`` null) of the region."""

    id: UUID
    state: UUID | None
    key: str
    kind: str
    names: dict[str, str]


class DirectoryPostOut(Schema):
    """A post and how it is reached; `holder` is empty where nobody holds it now."""

    id: UUID
    kind: str
    title: str
    body: UUID | None
    holder: str
    languages: list[str]
    zone: str
    phone: str
    email: str
    messenger: str
    phone_out_of_hours: str
    email_out_of_hours: str
    messenger_out_of_hours: str
    note: str


class NoticeOut(Schema):
    """A notice as its reader may see it now; `subject` is null where they see nothing of it any more."""

    id: UUID
    kind: str
    sentence: str
    subject_kind: str
    subject: UUID | None
    given_at: datetime
    due_at: datetime | None
    is_read: bool


class NoticesPage(Schema):
    """Part of a list; `next`, sent as `after`, gives the following part, and is null at the end."""

    items: list[NoticeOut]
    next: str | None


@router.get("/me", response=MeOut, operation_id="me", summary="Who calls", **needs(None))
def me(request: HttpRequest) -> dict[str, Any]:
    """Whose token this is, the posts that its reach comes from, and its scopes. Any token may ask."""
    token = token_of(request)
    who = caller(token.account)
    return {
        "account": who.account,
        "name": who.name,
        "language": who.language,
        "region": who.region,
        "posts": who.posts,
        "token": {
            "id": token.id,
            "name": token.name,
            "scopes": sorted(token.scopes),
            "expires_at": token.expires_at,
        },
    }


@router.get(
    "/region", response=RegionOut, operation_id="region", summary="The region", **needs(Scope.DIRECTORY_READ)
)
def region(request: HttpRequest) -> Any:
    """The region that the account belongs to; a token reaches no other."""
    return caller(token_of(request).account).region


@router.get(
    "/states", response=list[StateOut], operation_id="states", summary="States", **needs(Scope.DIRECTORY_READ)
)
def states(request: HttpRequest) -> Any:
    """The region's states, by code."""
    return states_of(caller(token_of(request).account).region.id)


@router.get(
    "/institutions",
    response=list[InstitutionOut],
    operation_id="institutions",
    summary="Institutions",
    **needs(Scope.DIRECTORY_READ),
)
def bodies(request: HttpRequest) -> Any:  # noqa: ARG001 -- the database knows who asks
    """Institutions of the region and of its states, by key."""
    return institutions()


@router.get(
    "/directory",
    response=list[DirectoryPostOut],
    operation_id="directory",
    summary="Who is who",
    **needs(Scope.DIRECTORY_READ),
)
def directory(request: HttpRequest) -> list[DirectoryPostOut]:
    """Posts of the region with their holders and how each is reached."""
    who = caller(token_of(request).account)
    account = Account(pk=who.account, region_id=who.region.id)
    found = directory_of(account, get_language() or "en")
    return [
        DirectoryPostOut(
            body=post.body_id,
            languages=[spoken.code for spoken in post.languages],
            **{name: getattr(post, name) for name in _AS_THEY_ARE},
        )
        for body in (*found.states, *found.bodies)
        for post in body.posts
    ]


@router.get(
    "/notices",
    response=NoticesPage,
    operation_id="notices",
    summary="Your notices",
    **needs(Scope.NOTICES_READ),
)
def notices(request: HttpRequest, asked: Query[PageIn]) -> NoticesPage:
    """What you are told, the latest first. Asking does not mark them as read."""
    found = notices_page(after=place_after(request, asked, datetime), size=asked.size + 1)
    rows = [
        (
            (line.given_at, line.id),
            NoticeOut(
                id=line.id,
                kind=line.kind,
                sentence=line.sentence,
                subject_kind=subject_kind,
                subject=subject if line.what else None,
                given_at=line.given_at,
                due_at=line.due_at,
                is_read=line.is_read,
            ),
        )
        for line, subject, subject_kind in found
    ]
    shown = rows[: asked.size]
    return NoticesPage(items=[notice for _, notice in shown], next=next_mark(request, rows, shown))
