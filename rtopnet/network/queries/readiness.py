"""Whether the region is ready: contacts confirmed or due, and what the drills showed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Q
from django.utils.translation import gettext

from rtopnet.kernel.clock import now
from rtopnet.network.models import (
    Account,
    ContactConfirmation,
    Drill,
    DrillCall,
    Holding,
    PostKind,
    State,
)
from rtopnet.network.queries.acting import acts_as_secretariat
from rtopnet.network.queries.duties import Duty
from rtopnet.network.queries.members import held_at
from rtopnet.network.queries.notices import time_zone_of
from rtopnet.network.rules import name_in
from rtopnet.network.rules.readiness import Call, confirmation_due_at, first_answers

CALLED = (PostKind.FOCAL_POINT, PostKind.DEPUTY)
"""Whose posts are asked in a drill."""
CONFIRMING = (*CALLED, PostKind.SECRETARIAT, PostKind.ANALYST, PostKind.UN_LIAISON)
"""Whose posts decide for a state or an institution, and so confirm how they are reached."""
DRILLS_SHOWN = 8


@dataclass(frozen=True)
class ConfirmationView:
    """That a post's contact is confirmed, until when; ``post`` is a post somebody holds."""

    post: UUID
    title: str
    body: str
    account: UUID
    confirmed_at: datetime | None
    """None where the present holder has not confirmed it yet."""
    due_at: datetime
    is_overdue: bool
    is_mine: bool


@dataclass(frozen=True)
class BodyReadiness:
    """The posts of a state or institution that somebody holds, and whether their contacts are confirmed."""

    name: str
    confirmations: tuple[ConfirmationView, ...]


@dataclass(frozen=True)
class AnswerView:
    """A state's first answer in a drill; seen by the state and the secretariat."""

    state: str
    took: timedelta | None


@dataclass(frozen=True)
class CallView:
    """A call to a post that the reader holds, while it can be answered."""

    drill: UUID
    title: str
    post_title: str
    open_until: datetime
    sent_at: datetime


@dataclass(frozen=True)
class DrillView:
    """A drill; the figures are there once it has ended, the answers as far as the reader may see them."""

    id: UUID
    title: str
    message: str
    starts_at: datetime
    ends_at: datetime
    sent_at: datetime | None
    closed_at: datetime | None
    called: int | None
    answered: int | None
    median: timedelta | None
    quick: int | None
    answers: tuple[AnswerView, ...]

    @property
    def is_running(self) -> bool:
        """Whether it can be answered now."""
        return self.sent_at is not None and self.closed_at is None and self.ends_at > now()


@dataclass(frozen=True)
class Readiness:
    """The network's readiness page."""

    bodies: tuple[BodyReadiness, ...]
    drills: tuple[DrillView, ...]
    planned: tuple[DrillView, ...]
    """For the secretariat alone."""
    is_secretariat: bool
    mine: tuple[ConfirmationView, ...]
    """The reader's own posts that must be confirmed soon, or should have been."""
    calls: tuple[CallView, ...]


def readiness_of(account: Account, language: str) -> Readiness:
    """Everything about the region's readiness that the reader may see, in the reader's time zone."""
    zone = ZoneInfo(time_zone_of(account))
    confirmations = confirmations_of(_confirming_holdings(), language, account.pk)
    drills = _drill_views(
        Drill.objects.filter(called_off_at__isnull=True).order_by("-starts_at"), language, zone
    )
    return Readiness(
        bodies=_by_body(confirmations),
        drills=tuple(drill for drill in drills if drill.sent_at)[:DRILLS_SHOWN],
        planned=tuple(reversed([drill for drill in drills if not drill.sent_at])),
        is_secretariat=acts_as_secretariat(),
        mine=tuple(own for own in confirmations if own.is_mine and _is_near(own.due_at)),
        calls=tuple(open_calls(account, language)),
    )


def drill_in_sight(account: Account, drill: UUID, language: str) -> DrillView | None:
    """One drill, if the reader may know of it."""
    rows = Drill.objects.filter(pk=drill, called_off_at__isnull=True)
    return next(iter(_drill_views(rows, language, ZoneInfo(time_zone_of(account)))), None)


def open_calls(account: Account, language: str) -> list[CallView]:
    """Calls to posts that the account holds, which nobody has answered yet."""
    zone = ZoneInfo(time_zone_of(account))
    held = Holding.objects.filter(held_at(now()), account_id=account.pk).values("post_id")
    calls = DrillCall.objects.filter(post_id__in=held, answered_at__isnull=True, open_until__gt=now())
    return [
        CallView(
            drill=call.drill_id,
            title=call.drill.title,
            post_title=name_in(call.post.titles, language),
            open_until=call.open_until.astimezone(zone),
            sent_at=call.drill.sent_at or call.drill.starts_at,
        )
        for call in calls.select_related("drill", "post").order_by("open_until", "pk")
    ]


def confirmations_due(account: UUID, language: str) -> list[ConfirmationView]:
    """The account's own posts whose contact must be confirmed within a month, or should have been."""
    own = confirmations_of(_confirming_holdings(Q(account_id=account)), language, account)
    return [each for each in own if _is_near(each.due_at)]


def confirmations_of(
    holdings: Iterable[Holding], language: str, account: UUID | None = None
) -> list[ConfirmationView]:
    """For each holding whether its contact is confirmed and until when, by state and title."""
    holdings = list(holdings)
    last = {
        (row["post_id"], row["account_id"]): row["at"]
        for row in ContactConfirmation.objects.filter(post_id__in=[h.post_id for h in holdings])
        .values("post_id", "account_id")
        .annotate(at=Max("at"))
    }
    views = [_confirmation(holding, last, language, account) for holding in holdings]
    return sorted(views, key=lambda view: (view.body, view.title))


def all_confirmations(region: UUID) -> list[ConfirmationView]:
    """Every held post of the region that confirms its contact, for the job that reminds."""
    return confirmations_of(_confirming_holdings(Q(region_id=region)), "en")


def drills_to_answer(post: UUID) -> list[Duty]:
    """What moves with a post to its next holder: drills that nobody has answered for it yet."""
    calls = DrillCall.objects.filter(post_id=post, answered_at__isnull=True, open_until__gt=now())
    return [Duty(gettext("Readiness drills to answer"), calls.count())]


def is_drill_planned() -> bool:
    """Whether a drill is still to be sent, as far as the reader may know."""
    return Drill.objects.filter(sent_at__isnull=True, called_off_at__isnull=True).exists()


def last_drill_at() -> datetime | None:
    """When the newest drill that was sent began."""
    newest = Drill.objects.filter(sent_at__isnull=False).order_by("-sent_at").first()
    return newest.sent_at if newest else None


def _confirming_holdings(which: Q | None = None) -> Iterable[Holding]:
    rows = Holding.objects.filter(held_at(now()), post__kind__in=CONFIRMING, post__retired_at__isnull=True)
    return rows.filter(which or Q()).select_related("post__state", "post__institution")


def _confirmation(
    holding: Holding, last: dict[tuple[UUID, UUID], datetime], language: str, account: UUID | None
) -> ConfirmationView:
    confirmed = last.get((holding.post_id, holding.account_id))
    if confirmed is not None and confirmed < holding.starts_at:
        confirmed = None
    due = confirmation_due_at(held_since=holding.starts_at, confirmed_at=confirmed)
    named = holding.post.state or holding.post.institution
    return ConfirmationView(
        post=holding.post_id,
        title=name_in(holding.post.titles, language),
        body=name_in(named.names, language) if named else "",
        account=holding.account_id,
        confirmed_at=confirmed,
        due_at=due,
        is_overdue=due <= now(),
        is_mine=holding.account_id == account,
    )


def _by_body(confirmations: list[ConfirmationView]) -> tuple[BodyReadiness, ...]:
    bodies: dict[str, list[ConfirmationView]] = {}
    for each in confirmations:
        bodies.setdefault(each.body, []).append(each)
    return tuple(BodyReadiness(name, tuple(bodies[name])) for name in sorted(bodies))


def _is_near(due_at: datetime) -> bool:
    return due_at <= now() + timedelta(days=30)


def _drill_views(drills: Iterable[Drill], language: str, zone: ZoneInfo) -> list[DrillView]:
    rows = list(drills)
    calls: dict[UUID, list[Call]] = {}
    for call in DrillCall.objects.filter(drill_id__in=[row.pk for row in rows]):
        calls.setdefault(call.drill_id, []).append(Call(call.state_id, call.answered_at))
    names = {state.pk: name_in(state.names, language) for state in State.objects.all()}
    return [_drill_view(row, calls.get(row.pk, []), names, zone) for row in rows]


def _drill_view(row: Drill, calls: list[Call], names: dict[UUID, str], zone: ZoneInfo) -> DrillView:
    took = first_answers(calls, sent_at=row.sent_at or row.starts_at)
    answers = (AnswerView(names[state], time) for state, time in took.items())
    return DrillView(
        id=row.pk,
        title=row.title,
        message=row.message,
        starts_at=row.starts_at.astimezone(zone),
        ends_at=row.ends_at.astimezone(zone),
        sent_at=row.sent_at and row.sent_at.astimezone(zone),
        closed_at=row.closed_at,
        called=row.states_called,
        answered=row.states_answered,
        median=timedelta(seconds=row.median_seconds) if row.median_seconds is not None else None,
        quick=row.states_quick,
        answers=tuple(sorted(answers, key=lambda answer: answer.state)),
    )
