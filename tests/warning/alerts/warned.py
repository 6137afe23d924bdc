"""Steps that many tests begin with: a signal raised, assessed, its state heard, issued."""

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.public import Audience, Marking, consultations_asked_of, reply_as_concerned
from rtopnet.warning.alerts.public import (
    Crime,
    Level,
    Saying,
    alert_sheet,
    assess_alert,
    consult_on_alert,
    issue_alert,
    raise_signal,
)

TITLE = "Attacks on the river people may follow the rally"
CRIMES = (Crime.CRIMES_AGAINST_HUMANITY, Crime.INCITEMENT)


def desk(world, code="XAA"):
    return world.scribe(code).account


def state(world, code="XAA"):
    return world.states[code].pk


def seen_by(world, code, read, *args, **more):
    """What a query answers the desk of a state or institution."""
    with acting_as(desk(world, code)):
        return read(*args, **more)


def sheet(world, record, code="XAA"):
    return seen_by(world, code, alert_sheet, record)


def saying(world, *, concerned=(), title=TITLE):
    return Saying(title, "Stones were thrown.", CRIMES, frozenset(state(world, code) for code in concerned))


def signal(world, *, code="XAA", concerned=("XAB",), marking=Marking.GREEN, title=TITLE):
    return raise_signal(
        by=desk(world, code),
        body=world.body(code).pk,
        saying=saying(world, concerned=concerned, title=title),
        marking=marking,
    )


def assessed(world, **more):
    record = signal(world, **more)
    assess_alert(by=desk(world, more.get("code", "XAA")), record=record, words="Likely within two weeks.")
    return record


def consulted(world, **more):
    record = assessed(world, **more)
    by = desk(world, more.get("code", "XAA"))
    for code in more.get("concerned", ("XAB",)):
        consult_on_alert(by=by, record=record, state=state(world, code), words="Tension at the river.")
    return record


def heard(world, **more):
    record = consulted(world, **more)
    for code in more.get("concerned", ("XAB",)):
        asked = seen_by(world, code, consultations_asked_of, frozenset({state(world, code)}))
        [mine] = [one.id for one in asked if one.record == record]
        reply_as_concerned(by=desk(world, code), consultation=mine, body="Police were sent there.")
    return record


def issued(world, *, to=None, level=Level.ELEVATED, **more):
    """An issued warning: to the network, or to states named by code."""
    record = heard(world, **more)
    audience = Audience(states=frozenset(state(world, code) for code in to)) if to else Audience(network=True)
    by = desk(world, more.get("code", "XAA"))
    issue_alert(by=by, record=record, level=level, audience=audience)
    return record
