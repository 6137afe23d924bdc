"""Steps that many tests begin with: a report written, shared, a speech; worlds are those of sharing."""

from datetime import timedelta

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import Audience, Marking, address_part, address_record, release_record
from rtopnet.warning.evidence.public import (
    ActorKind,
    ExactPlace,
    Facts,
    Ground,
    Owner,
    Protected,
    Said,
    Slot,
    SourceGrade,
    Told,
    draft_incitement,
    draft_report,
)

SOURCE = "A nurse at the harbour clinic"
PLACE = ExactPlace("Behind the old mill", 12.345678, -98.765432)


def desk(world, code="XAA"):
    return world.scribe(code).account


def state(world, code="XAA"):
    return world.states[code].pk


def facts(world, **changes):
    said = {
        "act": "killing",
        "state": state(world, "XAB"),
        "occurred_from": today() - timedelta(days=3),
        "occurred_to": today() - timedelta(days=2),
        "target_group": "Shore fishers",
        "target_ground": Ground.RELIGIOUS,
        "actor_kind": ActorKind.ARMED_GROUP,
        "killed": (2, 3),
        "source_grade": SourceGrade.B,
        "information_grade": 2,
    }
    return Facts(**(said | changes))


def told(world, *, title="Attack at the harbour", body="Boats burned.", protected=None, **changes):
    kept = Protected(SOURCE, "Two cousins", PLACE) if protected is None else protected
    return Told(title, facts(world, **changes), body, kept)


def drafted(world, *, code="XAA", marking=Marking.AMBER, sent_as=None, kind="incident_report", **more):
    return draft_report(
        by=desk(world, code),
        owner=Owner(world.body(code).pk, code in world.states),
        told=told(world, **more),
        marking=marking,
        sent_as=sent_as,
        kind=kind,
    )


def shared(world, record, *, to=("XAB",), code="XAA"):
    audience = Audience(states=frozenset(state(world, one) for one in to))
    address_record(by=desk(world, code), record=record, audience=audience)
    release_record(by=desk(world, code), record=record)
    return record


def named_for(world, record, slot: Slot, reader="XAB"):
    """Name the desk of a state for a protected part, which is RED: for persons alone."""
    audience = Audience(persons=frozenset([desk(world, reader)]))
    address_part(by=desk(world), record=record, slot=slot.value, audience=audience)


def speech(world, *, code="XAA", **changes):
    said = {
        "original": "Chassez-les du quai",
        "language": "fr",
        "translation": "Drive them from the quay",
        "channel": "Local radio",
        "speaker_role": "Member of a district council",
        "call": "Drive out a group",
    }
    return draft_incitement(
        by=desk(world, code),
        owner=Owner(state(world, code)),
        told=told(world, title="Call on the radio"),
        said=Said(**(said | changes)),
    )


def seen_by(world, code, read, *args, **options):
    """What a query answers the desk of a state or institution."""
    with acting_as(desk(world, code)):
        return read(*args, **options)
