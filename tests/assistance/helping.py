"""Steps that many tests begin with: a request written, circulated; worlds are those of sharing."""

from datetime import timedelta

from rtopnet.assistance.public import (
    Aid,
    Area,
    Asking,
    Form,
    Held,
    OnOffer,
    OnRoster,
    Pillar,
    Setting,
    Wish,
    accept_offer,
    add_need,
    address_request,
    answer_consent,
    ask_consent,
    begin_deployment,
    circulate_request,
    confirm_participant,
    deployment_sheet,
    draft_offer,
    draft_request,
    keep_entry,
    offer_in_sight,
    send_deployment,
    send_offer,
    set_up_deployment,
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


def rostered(world, code="XAB", **changes):
    """An expert on the roster of a state or institution."""
    said = {
        "post_title": "Adviser on witness protection",
        "person": "The one who knows",
        "skills": {"witness-protection": Held(3), "legal-aid": Held(2)},
        "languages": ["en"],
        "periods": [(today(), today() + timedelta(days=365))],
    }
    body = world.body(code)
    entry = OnRoster(**(said | changes))
    return keep_entry(by=desk(world, code), body=body.pk, region=body.region_id, entry=entry)


def offered(world, request, need, *, code="XAB", number=2, entry=None, send=True, **changes):
    """An offer for one need, of an expert from the roster or of experts without a name."""
    line = OnOffer(
        need=need,
        aid=Aid.EXPERTS,
        number=number,
        starts_on=today() + timedelta(days=10),
        ends_on=today() + timedelta(days=40),
        entry=entry,
        **changes,
    )
    offer = draft_offer(
        by=desk(world, code),
        request=request,
        body=world.body(code).pk,
        valid_until=today() + timedelta(days=20),
        lines=[line],
        conditions="Our own insurance holds.",
    )
    if send:
        send_offer(by=desk(world, code), offer=offer)
    return offer


def lines_of(world, offer, code="XAA"):
    return [line.id for line in seen_by(world, code, offer_in_sight, offer).lines]


def accepted(world, offer, number=None):
    """An offer accepted by the asking state, so many of its first line; the line."""
    found = seen_by(world, "XAA", offer_in_sight, offer).lines[0]
    accept_offer(by=desk(world), offer=offer, accepted={found.id: number or found.number})
    return found.id


def deployed(world, request, lines, *, send=True, begin=False):
    """A deployment of accepted lines; with ``begin``, confirmed by all and begun."""
    setting = Setting(
        "Advisers at the coast", "Advise the police.", today(), today() + timedelta(days=30), "Harbour"
    )
    work = set_up_deployment(by=desk(world), request=request, setting=setting, lines=lines)
    if send or begin:
        send_deployment(by=desk(world), deployment=work)
    if begin:
        for one in seen_by(world, "XAA", deployment_sheet, work).participants:
            sender = next(reader for reader in world.readers.values() if speaks(reader, one.body)).account
            if one.entry:
                asked = ask_consent(by=sender, deployment=work, entry=one.entry, words="w")
                answer_consent(by=sender, consent=asked, given=True, note="Told by telephone.")
            confirm_participant(by=sender, participant=one.id)
        begin_deployment(by=desk(world), deployment=work)
    return work


def speaks(reader, body):
    return any(body in (seat.state, seat.institution) for seat in reader.seats)
