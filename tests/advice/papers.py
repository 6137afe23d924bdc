"""Steps that many tests begin with: a paper drafted, resting on records, circulated, cleared, transmitted."""

from datetime import timedelta

from rtopnet.advice.public import (
    Frame,
    add_statement,
    begin_paper,
    circulate_paper,
    cite_record,
    paper_page,
    transmit_paper,
)
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.meetings.public import Circle, adopt_due, join_with_reservation, move_story_back
from rtopnet.network.models import Institution
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    address_record,
    draft_record,
    release_record,
)
from rtopnet.sharing.rules import Role
from tests.sharing.worlds import make_world, take_seat

REEF = ("XAA", "XAB", "XAC")
OFFICE = "un-office"
TITLE = "Advice on the coast"


def make_advice_world():
    """Three states, their secretariat, and a United Nations office with a liaison."""
    return with_office(make_world())


def with_office(world, account=None):
    reef = world.regions["reef"]
    with acting_for(Capacity.INSTALLATION):
        world.bodies[OFFICE] = Institution.objects.create(
            region=reef, key=OFFICE, names={"en": "UN office"}, kind="un_office"
        )
        record_deed(verb="made", kind="network.region", subject=reef.pk, region=reef.pk)
    take_seat(world, Role.UN_LIAISON, body=OFFICE, account=account)
    return world


def desk(world, code):
    return world.scribe(code).account


def body(world, code):
    return world.body(code).pk


def circle(world, *codes, network=None):
    """All states of the region, or some; the secretariat chairs."""
    return Circle(
        body(world, "secretariat"),
        chair_is_state=False,
        states=frozenset(body(world, code) for code in codes or REEF),
        network=not codes if network is None else network,
    )


def frame(world, *codes, drafters=(), about=()):
    return Frame(
        office=body(world, OFFICE),
        circle=circle(world, *codes),
        about=frozenset(body(world, code) for code in about),
        drafters=frozenset(body(world, code) for code in drafters),
    )


def report(
    world, code="XAB", *, title="Boats by night", marking=Marking.GREEN, to=(), network=True, office=True
):
    """A record of a state that reaches the network and the office, or fewer."""
    by = desk(world, code)
    record = draft_record(
        by=by,
        terms=Terms("situation_report", marking),
        words=Words(title, "More boats than ever."),
        state=body(world, code),
    )
    audience = Audience(
        network=network,
        states=frozenset(body(world, one) for one in to),
        institutions=frozenset({body(world, OFFICE)} if office else ()),
    )
    address_record(by=by, record=record, audience=audience)
    release_record(by=by, record=record)
    return record


def drafted(world, *codes, code="XAA", form="briefing", title=TITLE, cited=(), drafters=(), about=()):
    """A briefing note whose first statement rests on ``cited``, and whose other is the network's own."""
    by = desk(world, code)
    state = code in world.states
    record = begin_paper(
        by=by,
        form=form,
        title=title,
        frame=frame(world, *codes, drafters=drafters, about=about),
        state=body(world, code) if state else None,
        institution=None if state else body(world, code),
    )
    first = add_statement(
        by=by, record=record, section="summary", text="Boats cross by night.", is_own_words=not cited
    )
    for one in cited:
        cite_record(by=by, statement=first, cited=one, shows="How many boats")
    add_statement(by=by, record=record, section="points", text="Shelter is needed.", is_own_words=True)
    return record


def circulated(world, record, code="XAA", days=14):
    return circulate_paper(by=desk(world, code), record=record, day=today() + timedelta(days=days))


def cleared(world, *codes, reservation="", **more):
    """A paper that nobody objected to; ``reservation``: of XAC."""
    record = drafted(world, *codes, **more)
    procedure = circulated(world, record, more.get("code", "XAA"))
    if reservation:
        join_with_reservation(by=desk(world, "XAC"), procedure=procedure, words=reservation)
    move_story_back(record=record, by=timedelta(days=30))
    adopt_due()
    return record


def transmitted(world, *codes, **more):
    """A paper and the record of its transmission."""
    record = cleared(world, *codes, **more)
    return record, transmit_paper(by=desk(world, more.get("code", "XAA")), record=record)


def seen_by(world, code, read, *args):
    """What a query answers the desk of a state or institution."""
    with acting_as(desk(world, code)):
        return read(*args)


def page_for(world, record, code="XAA"):
    return seen_by(world, code, paper_page, record)
