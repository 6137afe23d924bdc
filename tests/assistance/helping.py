"""Steps that many tests begin with: a request written, circulated; worlds are those of sharing."""

from datetime import timedelta

from rtopnet.assistance.public import (
    Area,
    Asking,
    Form,
    Pillar,
    Wish,
    add_need,
    address_request,
    circulate_request,
    draft_request,
    submit_request,
)
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import Audience, Marking

TITLE = "Protection of witnesses at the coast"


def desk(world, code="XAA"):
    return world.scribe(code).account


def state(world, code="XAA"):
    return world.states[code].pk


def wish(**changes):
    said = {
        "what": "advisers on witness protection",
        "area": Area.JUSTICE,
        "pillar": Pillar.HELP,
        "form": Form.CAPACITY,
        "starts_on": today() + timedelta(days=10),
        "ends_on": today() + timedelta(days=40),
        "skills": ["witness-protection", "legal-aid"],
        "languages": ["en"],
        "number": 3,
    }
    return Wish(**(said | changes))


def drafted(world, *, code="XAA", wishes=(), marking=Marking.AMBER, title=TITLE):
    """A draft with its needs; the record and the needs' ids."""
    by = desk(world, code)
    asking = Asking(title, "Witnesses are threatened.", "Our police commands.", today() + timedelta(days=5))
    record = draft_request(by=by, state=state(world, code), asking=asking, marking=marking)
    needs = [add_need(by=by, record=record, wish=one) for one in wishes or (wish(),)]
    return record, needs


def circulated(world, *, to=("XAB", "XAC"), code="XAA", bodies=(), **more):
    """A request that went to states, and institutions by their keys."""
    record, needs = drafted(world, code=code, **more)
    by = desk(world, code)
    submit_request(by=by, record=record)
    audience = Audience(
        states=frozenset(state(world, one) for one in to),
        institutions=frozenset(world.bodies[one].pk for one in bodies),
    )
    address_request(by=by, record=record, audience=audience)
    circulate_request(by=by, record=record)
    return record, needs


def seen_by(world, code, read, *args):
    """What a query answers the desk of a state or institution."""
    with acting_as(desk(world, code)):
        return read(*args)
