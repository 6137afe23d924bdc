"""Drills: the secretariat asks, whoever is there answers, and the network sees how many within how long."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.jobs import defer_job
from rtopnet.network.models import Account, Drill, DrillCall, Holding
from rtopnet.network.queries.acting import acts_as_secretariat
from rtopnet.network.queries.members import held_at
from rtopnet.network.queries.readiness import CALLED
from rtopnet.network.rules.readiness import Call, drill_score
from rtopnet.network.services.notices import give_notice

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(days=3)
_SALT = "rtopnet.network.drill"


class SecretariatStartsError(RuleBrokenError):
    """Drills are the secretariat's to start and to call off."""


class DrillTimesError(RuleBrokenError):
    """A drill begins in the future and lasts between a quarter of an hour and three days."""


class CallClosedError(RuleBrokenError):
    """There is no such call, it was answered, or the drill is over; which of them is not told."""


def start_drill(
    *, by: UUID, title: str, lasts: timedelta, message: str = "", at: datetime | None = None
) -> UUID:
    """Ask every focal point and deputy of the region whether they are there, at ``at`` (None: now).

    Raises:
        SecretariatStartsError: ``by`` is not of the secretariat.
        DrillTimesError: it would begin in the past, or be too short or too long.
    """
    with acting_as(by):
        if not acts_as_secretariat():
            raise SecretariatStartsError("Drills are started by the secretariat.")
        starts_at = at or now()
        if (at is not None and at <= now()) or not SHORTEST <= lasts <= LONGEST:
            raise DrillTimesError("A drill lasts between 15 minutes and 3 days, and begins in the future.")
        drill = Drill.objects.create(
            region_id=Account.objects.get(pk=by).region_id,
            title=title,
            message=message,
            starts_at=starts_at,
            ends_at=starts_at + lasts,
            planned_by_id=by,
        )
        _keep("planned", drill)
        if at is None:
            with acting_for(Capacity.INSTALLATION):
                _call_all(drill)
        return drill.pk


def call_off_drill(*, by: UUID, drill: UUID) -> None:
    """Take back a planned drill before anybody was asked.

    Raises:
        SecretariatStartsError: ``by`` is not of the secretariat, or it was sent or called off already.
    """
    with acting_as(by):
        planned = Drill.objects.filter(pk=drill, sent_at__isnull=True, called_off_at__isnull=True)
        row = planned.first()
        if not planned.update(called_off_at=now()) or row is None:
            raise SecretariatStartsError("There is no planned drill that you may call off.")
        _keep("called_off", row)


def answer_drill(*, by: UUID, drill: UUID) -> None:
    """Say, for every post that ``by`` holds and was asked, that somebody is there.

    Raises:
        CallClosedError: nobody waits for this answer.
    """
    with acting_as(by):
        held = Holding.objects.filter(held_at(now()), account_id=by).values_list("post_id", flat=True)
        calls = DrillCall.objects.filter(drill_id=drill, post_id__in=list(held))
        _answer(list(calls), by_link=False)


def answer_by_link(*, token: str) -> None:
    """Say by the link in a letter that one is there; it needs no sign-in, works once and shows nothing.

    Raises:
        CallClosedError: the link was never given out, was used, or nobody waits for the answer any more.
    """
    with acting_for(Capacity.SIGN_IN):
        calls = list(DrillCall.objects.filter(pk__in=_calls_of(token)))
        _answer(calls, by_link=True)


def drill_token(call: UUID) -> str:
    """What a letter's link carries: the call, signed."""
    return signing.Signer(salt=_SALT).sign(call.hex)


def send_due_drills() -> None:
    """Send the drills whose hour has come; twice sends none twice."""
    with acting_for(Capacity.INSTALLATION):
        due = Drill.objects.select_for_update(skip_locked=True).filter(
            starts_at__lte=now(), sent_at__isnull=True, called_off_at__isnull=True
        )
        for drill in due:
            _call_all(drill)


def close_ended_drills() -> None:
    """Work out the result of each drill that has ended, once."""
    with acting_for(Capacity.INSTALLATION):
        ended = Drill.objects.select_for_update(skip_locked=True).filter(
            ends_at__lte=now(), sent_at__isnull=False, closed_at__isnull=True
        )
        for drill in ended:
            _close(drill)


def _call_all(drill: Drill) -> None:
    """Call every focal point's and deputy's post that is held now; a drill sent late lasts as long."""
    at = now()
    holdings = list(
        Holding.objects.filter(
            held_at(at),
            region_id=drill.region_id,
            post__kind__in=CALLED,
            post__retired_at__isnull=True,
            account__is_active=True,
        ).select_related("post__state")
    )
    ends_at = at + (drill.ends_at - drill.starts_at)
    calls = [
        DrillCall(
            drill=drill,
            post_id=holding.post_id,
            state=holding.post.state,
            account_id=holding.account_id,
            region_id=drill.region_id,
            open_until=ends_at,
        )
        for holding in holdings
    ]
    DrillCall.objects.bulk_create(calls)
    Drill.objects.filter(pk=drill.pk).update(sent_at=at, ends_at=ends_at)
    _keep("sent", drill, calls=len(calls))
    give_notice(
        kind="network.drill",
        accounts=[call.account_id for call in calls],
        region=drill.region_id,
        subject_kind="network.drill",
        subject=drill.pk,
        due_at=ends_at,
    )
    for call in calls:
        defer_job("send_drill_letter", call_id=str(call.pk))


def _close(drill: Drill) -> None:
    calls = [Call(call.state_id, call.answered_at) for call in DrillCall.objects.filter(drill=drill)]
    score = drill_score(calls, sent_at=drill.sent_at or drill.starts_at)
    Drill.objects.filter(pk=drill.pk).update(
        closed_at=now(),
        states_called=score.called,
        states_answered=score.answered,
        median_seconds=score.median_seconds,
        states_quick=score.quick,
    )
    _keep("closed", drill, called=score.called, answered=score.answered)


def _answer(calls: list[DrillCall], *, by_link: bool) -> None:
    at = now()
    waiting = DrillCall.objects.filter(
        pk__in=[call.pk for call in calls], answered_at__isnull=True, open_until__gt=at
    )
    if not waiting.update(answered_at=at, answered_by_link=by_link):
        raise CallClosedError("Nobody waits for this answer any more.")
    for call in calls:
        record_deed(
            verb="answered",
            kind="network.drill",
            subject=call.drill_id,
            region=call.region_id,
            books=[call.state_id],
        )


def _calls_of(token: str) -> list[UUID]:
    try:
        return [UUID(signing.Signer(salt=_SALT).unsign(token))]
    except signing.BadSignature:
        return []


def _keep(verb: str, drill: Drill, **figures: int) -> None:
    record_deed(
        verb=verb, kind="network.drill", subject=drill.pk, region=drill.region_id, detail=dict(figures)
    )
