"""What people make of signals: join, split, set aside, take as evidence."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import acting_desks
from rtopnet.sharing.public import (
    Marking,
    OwnerDecidesError,
    RecordNotInSightError,
    Terms,
    Words,
    books_for,
    draft_record,
)
from rtopnet.warning.evidence.models import Dismissal, Signal, SignalJudgement, SignalUse

REPORT = "incident_report"
NOT_IN_SIGHT = "There is nothing like that which you may know of."
LONGEST_REASON = 2000


class JudgementRefusedError(RuleBrokenError):
    """What somebody says of signals lacks a reason, or names no two of them."""


@dataclass(frozen=True)
class Verdict:
    """Two or more signals that a desk judges, and why."""

    signals: tuple[UUID, ...]
    reason: str


def join_signals(*, by: UUID, body: UUID, verdict: Verdict) -> None:
    """Say that the first of the signals tells of the same event as each of the others.

    Raises:
        JudgementRefusedError: no reason, or no two signals.
        OwnerDecidesError: ``by`` does not decide for ``body``.
        RecordNotInSightError: one of them is not in sight.
    """
    _judge(by, body, verdict, joined=True)


def split_signal(*, by: UUID, body: UUID, verdict: Verdict) -> None:
    """Say that the first of the signals tells of something else than each of the others; it stays so.

    Raises:
        JudgementRefusedError: no reason, or no two signals.
        OwnerDecidesError: ``by`` does not decide for ``body``.
        RecordNotInSightError: one of them is not in sight.
    """
    _judge(by, body, verdict, joined=False)


def dismiss_signal(*, by: UUID, body: UUID, signal: UUID, reason: str) -> None:
    """Set a signal aside for the body's own desk; nobody else learns of it.

    Raises:
        JudgementRefusedError: no reason.
        OwnerDecidesError: ``by`` does not decide for ``body``.
        RecordNotInSightError: it is not in sight.
    """
    with acting_as(by):
        _expect_desk(body)
        words = _expect_reason(reason)
        row = _signal(signal)
        with transaction.atomic():
            Dismissal.objects.filter(signal=row, body=body).delete()
            Dismissal.objects.create(signal=row, body=body, reason=words, by_id=by)
        _keep_deed("dismissed", row, body)


def take_back_dismissal(*, by: UUID, body: UUID, signal: UUID) -> None:
    """Have the signal back on the desk's list.

    Raises:
        OwnerDecidesError: ``by`` does not decide for ``body``.
        RecordNotInSightError: it is not in sight.
    """
    with acting_as(by):
        _expect_desk(body)
        row = _signal(signal)
        Dismissal.objects.filter(signal=row, body=body).delete()
        _keep_deed("took_back_dismissal", row, body)


def accept_signal(
    *, by: UUID, signal: UUID, state: UUID | None = None, institution: UUID | None = None
) -> UUID:
    """Begin a report that rests on the signal; the draft's record. What is licensed is cited, never copied.

    Raises:
        OwnerDecidesError: ``by`` may not draft for the state or institution.
        RecordNotInSightError: it is not in sight.
    """
    with acting_as(by):
        row = _signal(signal)
        licensed = row.source.is_licensed
        title = row.source.name if licensed else row.title
        record = draft_record(
            by=by,
            terms=Terms(REPORT, Marking.AMBER, open_to_contributors=True),
            words=Words(
                title, _citation(row) if licensed else "\n\n".join(filter(None, [row.text, _citation(row)]))
            ),
            state=state,
            institution=institution,
        )
        _use(by, row, record)
        return record


def cite_signal(*, by: UUID, signal: UUID, record: UUID) -> None:
    """Say that a report of one's own rests on the signal.

    Raises:
        RecordNotInSightError: the signal or the report is not in sight, or the report is another's.
    """
    with acting_as(by):
        _use(by, _signal(signal), record)


def _use(by: UUID, row: Signal, record: UUID) -> None:
    if SignalUse.objects.filter(record_id=record, signal=row).exists():
        return
    use = SignalUse.objects.create(record_id=record, signal=row, by_id=by)
    use.refresh_from_db()
    record_deed(
        verb="took_as_evidence",
        kind="evidence.signal",
        subject=row.pk,
        region=row.region_id,
        detail={"record": str(record)},
        books=sorted(books_for(use)),
        in_own_books=False,
    )


def _citation(row: Signal) -> str:
    parts = [
        row.source.name,
        ", ".join(row.outlets),
        f"{row.published_at:%Y-%m-%d}",
        row.key,
        row.url,
        row.source.licence,
    ]
    return "; ".join(part for part in parts if part)


def _judge(by: UUID, body: UUID, verdict: Verdict, *, joined: bool) -> None:
    with acting_as(by):
        _expect_desk(body)
        reason = _expect_reason(verdict.reason)
        one, others = _expect_two(verdict.signals)
        for other in others:
            first, second = sorted((one.pk, other.pk))
            SignalJudgement.objects.create(
                first_id=first, second_id=second, joined=joined, reason=reason, body=body, by_id=by
            )
        _keep_deed("joined_signals" if joined else "split_signals", one, body)


def _expect_two(signals: Collection[UUID]) -> tuple[Signal, list[Signal]]:
    wanted = list(dict.fromkeys(signals))
    if len(wanted) < 2:  # noqa: PLR2004 -- two belong together, or do not
        raise JudgementRefusedError("Choose at least one other signal.")
    found = {row.pk: row for row in Signal.objects.filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise RecordNotInSightError(NOT_IN_SIGHT)
    return found[wanted[0]], [found[pk] for pk in wanted[1:]]


def _expect_reason(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise JudgementRefusedError("Say why, so that others can follow it.")
    return words[:LONGEST_REASON]


def _expect_desk(body: UUID) -> None:
    if body not in acting_desks():
        raise OwnerDecidesError("Only a focal point, a deputy or the institution's own desk may do this.")


def _signal(signal: UUID) -> Signal:
    row = Signal.objects.select_related("source").filter(pk=signal).first()
    if row is None:
        raise RecordNotInSightError(NOT_IN_SIGHT)
    return row


def _keep_deed(verb: str, row: Signal, body: UUID) -> None:
    record_deed(
        verb=verb,
        kind="evidence.signal",
        subject=row.pk,
        region=row.region_id,
        books=[body],
        in_own_books=False,
    )
