"""The API's part of the network: who calls, and who is in the region."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rtopnet.network.public import Scope, caller, institutions, needs, states_of, token_of

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
