"""Signing a warning together: each state signs for itself, and may leave before the warning goes out."""

from dataclasses import replace
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.public import (
    acting_principals,
    address_record,
    database_now,
    expect_body,
    record_sheet,
    release_record,
)
from rtopnet.warning.alerts.models import Alert, Sponsor
from rtopnet.warning.alerts.rules.course import BEFORE_ISSUE, AlertStageError
from rtopnet.warning.alerts.services.sight import (
    alert_in_sight,
    course_of,
    keep_deed,
    not_in_sight,
    own_alert,
    tell,
)


def ask_to_sign(*, by: UUID, record: UUID, state: UUID) -> None:
    """Show the draft to another state, and ask it to sign the warning as well.

    Raises:
        AlertStageError: it has gone out.
        MarkingTooNarrowError: its marking does not let it go to another state.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        _expect_before_issue(row)
        sheet = record_sheet(record)
        if sheet is None or state == row.desk:
            raise not_in_sight()
        audience = replace(sheet.audience, states=sheet.audience.states | {state})
        address_record(by=by, record=record, audience=audience)
        if sheet.released_at is None:
            release_record(by=by, record=record)
        if not Sponsor.objects.filter(record_id=record, state_id=state).exists():
            Sponsor.objects.create(record_id=record, state_id=state, asked_at=database_now())
        keep_deed("asked_to_sign", row, also={state}, detail={"state": str(state)})
        tell("signature_asked", [state], row)


def sign_alert(*, by: UUID, record: UUID, state: UUID, words: str = "") -> None:
    """Sign a warning for one's own state.

    Raises:
        AlertStageError: it has gone out.
        OwnerDecidesError: ``by`` is not the state's desk.
        RecordNotInSightError: the state was not asked.
    """
    with acting_as(by):
        row, asked = _asked(record, state)
        Sponsor.objects.filter(pk=asked.pk).update(signed_at=database_now(), left_at=None, words=words)
        keep_deed("signed", row, also={state})
        tell("signed", [row.desk] if row.desk else [], row, who=state)


def take_name_off(*, by: UUID, record: UUID, state: UUID, words: str = "") -> None:
    """Decline to sign, or take one's own state's name off before the warning goes out.

    Raises:
        AlertStageError: it has gone out.
        OwnerDecidesError: ``by`` is not the state's desk.
        RecordNotInSightError: the state was not asked.
    """
    with acting_as(by):
        row, asked = _asked(record, state)
        Sponsor.objects.filter(pk=asked.pk).update(left_at=database_now(), words=words)
        keep_deed("left", row, also={state})
        tell("left", [row.desk] if row.desk else [], row, who=state)


def _asked(record: UUID, state: UUID) -> tuple[Alert, Sponsor]:
    expect_body(state)
    row = alert_in_sight(record)
    if row.owner in acting_principals():
        raise not_in_sight()
    asked = Sponsor.objects.filter(record_id=record, state_id=state).first()
    if asked is None:
        raise not_in_sight()
    _expect_before_issue(row)
    return row, asked


def _expect_before_issue(row: Alert) -> None:
    if course_of(row).stage not in BEFORE_ISSUE:
        raise AlertStageError("The warning has gone out: who signed it stands on it for good.")
