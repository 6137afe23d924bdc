"""One hidden thing more changes nothing that others see: not a word, a count, a number or a header."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.models import Consultation
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    address_record,
    consult_state,
    draft_record,
    make_group,
    name_concerned,
    release_record,
    reply_as_concerned,
    set_members,
    tell_readers,
)
from rtopnet.sharing.views import reading
from tests.leaks.probes import API, Leak, routes
from tests.leaks.visits import SHOWN, TALLY, WHOLE, plain, report, visitor
from tests.sharing.attaching import arrive, attach_file
from tests.sharing.worlds import database_now, make_part

pytestmark = pytest.mark.django_db
PARTIES = ("XAA", "XAB")
WORD = "lanternfish"
"""Stands in what is hidden, and in what all may read: what finds the one must not count the other."""
HOUR = timedelta(hours=1)


def new_record(leaks, *, embargo=None, expires=None, network=False):
    """A record with the word in it, for the second of the parties or for the network."""
    desk, world = leaks.desk("XAA"), leaks.world
    made = draft_record(
        by=desk,
        terms=Terms("situation_report", Marking.GREEN, embargo_until=embargo, expires_at=expires),
        words=Words(f"{WORD} title", f"{WORD} text", ()),
        state=world.states["XAA"].pk,
        institution=None,
    )
    audience = Audience(network=True) if network else Audience(states=frozenset({world.states["XAB"].pk}))
    address_record(by=desk, record=made, audience=audience)
    release_record(by=desk, record=made)
    tell_readers(record=made, about="released")
    return made


def a_record(leaks, _known):
    new_record(leaks)


def a_record_under_embargo(leaks, _known):
    new_record(leaks, embargo=database_now() + HOUR, network=True)


def an_expired_record(leaks, _known):
    new_record(leaks, expires=database_now())


def a_part(leaks, known):
    make_part(leaks.world, "XAA", record_row(leaks, known), marking=Marking.RED, version=1)


def a_reply(leaks, _known):
    desk, state = leaks.desk("XAA"), leaks.world.states["XAB"].pk
    made = new_record(leaks)
    name_concerned(by=desk, record=made, states=frozenset({state}))
    consult_state(by=desk, record=made, state=state, words=WORD)
    with acting_as(desk):
        asked = Consultation.objects.get(record=made).pk
    reply_as_concerned(by=leaks.desk("XAB"), consultation=asked, body=WORD)


def a_group(leaks, _known):
    desk, state = leaks.desk("XAA"), leaks.world.states["XAA"].pk
    made = make_group(by=desk, keeper=state, is_state=True, name=WORD)
    members = Audience(states=frozenset({leaks.world.states["XAB"].pk}))
    set_members(by=desk, group=made, name=WORD, members=members)


def an_attachment(leaks, _known):
    made = new_record(leaks)
    attach_file(by=leaks.desk("XAA"), record=made, arrived=arrive(WORD.encode(), f"{WORD}.txt"))


HIDDEN: dict[str, Callable] = {
    "a record": a_record,
    "a part": a_part,
    "a reply": a_reply,
    "a record under embargo": a_record_under_embargo,
    "an expired record": an_expired_record,
    "a group": a_group,
    "an attachment": an_attachment,
}


def record_row(leaks, record):
    from rtopnet.sharing.models import Record

    with acting_as(leaks.desk("XAA")):
        return Record.objects.get(pk=record)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def paths(known):
    """Every address that asks for nothing, a search, and what all may read."""
    for route in routes():
        if not route.asks:
            yield f"/{route.pattern}"
            yield from (f"/{route.pattern}?{one}" for one in SHOWN.get(route.name, ()))
    yield from (f"/records/search/?q={WORD}", f"/records/search/suggest/?q={WORD[:5]}")
    # A copy is never twice the same: it says when it was taken, and is signed.
    yield from (f"/records/{known}/", f"/records/{known}/versions/1/", f"/api/v1/records/{known}")


def both(leaks, reader):
    return visitor(leaks, reader), visitor(leaks, reader, with_token=True)


def seen(eyes, every):
    browser, program = eyes
    answers = {}
    for path in every:
        one = program if path.startswith(API) else browser
        answers[path] = plain(one.visit(path))
        TALLY["probes"] += 1
    return answers


def others(leaks, people):
    """Those whom nothing of it is for."""
    parties = {leaks.world.states[code].pk for code in PARTIES}
    return {
        who: reader
        for who, reader in people.items()
        if reader is None or not any(seat.state in parties for seat in reader.seats)
    }


@pytest.mark.slow
def test_one_hidden_thing_more_changes_nothing_that_others_see(leaks, people):
    known = new_record(leaks, network=True)
    every = list(paths(known))
    found = []
    for who, reader in others(leaks, people).items():
        eyes = both(leaks, reader)
        before = seen(eyes, every)
        for what, add in HIDDEN.items() if WHOLE else [("all of it", add_all)]:
            with undone():
                add(leaks, known)
                after = seen(eyes, every)
            found += [Leak(what, who, path) for path in every if before[path] != after[path]]
    assert report(found) == []


def add_all(leaks, known):
    for add in HIDDEN.values():
        add(leaks, known)


def test_a_number_that_counts_what_is_hidden_is_caught(leaks, monkeypatch):
    render, there = reading.render, []

    def talkative(*given):
        answer = render(*given)
        answer["X-Total"] = str(len(there))
        return answer

    monkeypatch.setattr(reading, "render", talkative)
    eyes = both(leaks, leaks.world.scribe("XAF"))
    before = seen(eyes, ["/records/"])
    assert before == seen(eyes, ["/records/"])
    there.append("a hidden record")
    assert before != seen(eyes, ["/records/"])
