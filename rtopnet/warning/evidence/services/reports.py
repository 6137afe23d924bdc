"""Reporting what happened: drafting, writing anew, grading."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import (
    Marking,
    PartWords,
    Terms,
    Words,
    draft_record,
    record_sheet,
    revise_record,
)
from rtopnet.warning.evidence.lists import acts
from rtopnet.warning.evidence.models import FieldReport
from rtopnet.warning.evidence.rules.facts import Facts, Protected, ReportRefusedError, expect_sound
from rtopnet.warning.evidence.rules.places import place_as_words
from rtopnet.warning.evidence.rules.words import HARMS, INFORMATION_GRADES, Slot, SourceGrade, Step
from rtopnet.warning.evidence.services.sight import keep_deed, keep_step, own_report

NARROWEST = Marking.RED


@dataclass(frozen=True)
class Told:
    """A report as it is written down."""

    title: str
    facts: Facts
    body: str = ""
    protected: Protected = field(default_factory=Protected)


@dataclass(frozen=True)
class Owner:
    """Whose report it is: a state's or an institution's."""

    body: UUID
    is_state: bool = True


def draft_report(
    *,
    by: UUID,
    owner: Owner,
    told: Told,
    kind: str = "incident_report",
    marking: Marking = Marking.AMBER,
    open_to_contributors: bool = False,
    sent_as: UUID | None = None,
    came_by: str = "",
) -> UUID:
    """Keep a report as a draft of its owner; the record that it is.

    What the same account sends again with the same ``sent_as`` is kept once: the record of the first time.
    Source, names and exact place become parts that the owner's people alone read.

    Raises:
        OwnerDecidesError: ``by`` is not of the owner's people.
        ReportRefusedError: it contradicts itself.
    """
    with acting_as(by):
        if (before := _sent_before(by, sent_as)) is not None:
            return before
        _expect_known(told)
        record = draft_record(
            by=by,
            terms=Terms(kind, marking, open_to_contributors=open_to_contributors),
            words=Words(told.title, told.body, protected_parts(told.protected)),
            state=owner.body if owner.is_state else None,
            institution=None if owner.is_state else owner.body,
        )
        # Of two that arrive at once the second is refused by the database; sent again, it finds the first.
        row = FieldReport.objects.create(
            record_id=record, writer_id=by, sent_as=sent_as, **_columns(told.facts)
        )
        row.refresh_from_db()
        keep_step(record, Step.RECEIVED, sha256=digest_of(told), note=came_by)
        keep_deed("drafted", row)
        return record


def revise_report(*, by: UUID, record: UUID, told: Told, seen: datetime | None = None) -> None:
    """Write the report anew; once it is released this makes a further version.

    Raises:
        OwnerDecidesError: it is released and ``by`` is not the owner's desk.
        RecordChangedError: somebody else changed it since ``seen``.
        RecordClosedError: it was recalled or withdrawn.
        ReportRefusedError: it contradicts itself.
    """
    with acting_as(by):
        row = own_report(record)
        _expect_known(told)
        parts = (*protected_parts(told.protected), *_other_parts(record))
        revise_record(by=by, record=record, words=Words(told.title, told.body, parts), seen=seen)
        FieldReport.objects.filter(pk=row.pk).update(**_columns(told.facts))
        keep_step(record, Step.REVISED, sha256=digest_of(told))
        keep_deed("revised", row)


def grade_report(
    *, by: UUID, record: UUID, source: SourceGrade | None, information: int | None, reason: str
) -> None:
    """Grade source and information by the Admiralty code; the reason stands in the chain of custody.

    Raises:
        OwnerDecidesError: it is released and ``by`` is not the owner's desk.
        ReportRefusedError: there is no such grade, or no reason.
    """
    with acting_as(by):
        row = own_report(record)
        if information is not None and information not in INFORMATION_GRADES:
            raise ReportRefusedError("information_grade: from 1 to 6.")
        if not reason.strip():
            raise ReportRefusedError("reason: say why, so that others can follow it.")
        changed = FieldReport.objects.filter(pk=row.pk).update(
            source_grade=source.value if source else "", information_grade=information
        )
        if not changed:
            raise ReportRefusedError("Once it is shared, only the owner's focal point or deputy grades it.")
        graded = f"{source.value if source else '?'}{information or '?'}"
        keep_step(record, Step.GRADED, note=f"{graded}: {reason.strip()}"[:2000])
        keep_deed("graded", row)


def protected_parts(protected: Protected) -> tuple[PartWords, ...]:
    """The parts that are kept from all but the owner until it names somebody for them."""
    said = {
        Slot.SOURCE: (_("Source"), protected.source.strip()),
        Slot.NAMES: (_("Names"), protected.names.strip()),
        Slot.PLACE: (_("Exact place"), place_as_words(protected.place)),
    }
    return tuple(
        PartWords(label, body, NARROWEST, slot=slot.value) for slot, (label, body) in said.items() if body
    )


def digest_of(told: Told) -> str:
    """The SHA-256 of the report as written: JSON with sorted keys, as the export package has it."""
    facts = {name: _plain(value) for name, value in vars(told.facts).items()}
    whole = {
        "title": told.title,
        "body": told.body,
        "facts": facts,
        "source": told.protected.source,
        "names": told.protected.names,
        "place": place_as_words(told.protected.place),
    }
    return sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _sent_before(by: UUID, sent_as: UUID | None) -> UUID | None:
    row = FieldReport.objects.filter(writer=by, sent_as=sent_as).first() if sent_as else None
    return row.record_id if row else None


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value if isinstance(value, int | None) else str(value)


def _expect_known(told: Told) -> None:
    if not told.title.strip():
        raise ReportRefusedError("title: say in a few words what happened.")
    if told.facts.act not in acts():
        raise ReportRefusedError("act: choose one from the list.")
    expect_sound(told.facts, told.protected, today=today())


def _other_parts(record: UUID) -> tuple[PartWords, ...]:
    """Parts that somebody added on the record's own page; they stay as they are."""
    sheet = record_sheet(record)
    parts = sheet.parts if sheet else ()
    ours = {slot.value for slot in Slot}
    return tuple(
        PartWords(part.label, part.body, part.marking, slot=part.slot)
        for part in parts
        if part.slot not in ours
    )


def _columns(facts: Facts) -> dict[str, object]:
    harms = {
        f"{harm}_{end}": people[place] if people else None
        for harm in HARMS
        for place, end in enumerate(("low", "best"))
        for people in [getattr(facts, harm)]
    }
    return {
        "act": facts.act,
        "occurred_from": facts.occurred_from,
        "occurred_to": facts.occurred_to,
        "occurred_hour": facts.hour,
        "time_precision": facts.precision.value,
        "state_id": facts.state,
        "region_name": facts.region_name,
        "place_precision": facts.place_precision.value,
        "target_group": facts.target_group,
        "target_ground": facts.target_ground.value,
        "actor_kind": facts.actor_kind.value,
        "actor_name": facts.actor_name,
        "source_grade": facts.source_grade.value if facts.source_grade else "",
        "information_grade": facts.information_grade,
        **harms,
    }
