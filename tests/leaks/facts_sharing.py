"""Records of every role, marking and fate that the reading rule knows, told of and waiting to be mailed."""

from dataclasses import replace
from datetime import timedelta

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.models import Consultation, Receipt, Record, ReleaseRequest
from rtopnet.sharing.public import (
    Audience,
    Became,
    Marking,
    PartWords,
    Terms,
    Words,
    address_part,
    address_record,
    answer_request,
    consult_state,
    draft_record,
    make_group,
    name_concerned,
    recall_record,
    release_record,
    reply_as_concerned,
    request_release,
    revise_record,
    set_members,
    set_terms,
    sign_receipt,
    tell_readers,
    waive_waiting,
    withdraw_record,
)
from rtopnet.sharing.queries import attachments_of, envelope_of, part_audience_of, parts_in_sight
from rtopnet.sharing.rules import (
    Consulted,
    Part,
    decides_for_owner,
    is_own,
    may_know_of_consultation,
    may_read_part,
    may_read_reply,
    may_read_version,
    speaks_for,
)
from tests.leaks.facts import LeakWorld
from tests.sharing.attaching import arrive, attach_file
from tests.sharing.worlds import database_now

LATER = timedelta(hours=3)


def plant(leaks: LeakWorld) -> None:
    """Every role, marking and fate of a record, and what is asked and answered about it."""
    leaks.ids["record"] = [*_records(leaks)]
    leaks.fates.update(zip(FATES, leaks.ids["record"], strict=False))
    _answers(leaks)
    _fates(leaks)
    _what_may_be_read(leaks)


FATES = {
    # How a record is marked, to whom it goes, and what becomes of it.
    "draft": (Marking.AMBER, {}, {}),
    "draft for contributors": (Marking.AMBER, {}, {"open_to_contributors": True}),
    "for persons": (Marking.RED, {"persons": True}, {}),
    "for states, strictly": (Marking.AMBER_STRICT, {"states": ("XAB", "XAC")}, {}),
    "for states": (Marking.AMBER, {"states": ("XAB", "XAC")}, {}),
    "for an institution": (Marking.AMBER, {"bodies": ("observatory",)}, {}),
    "for a group": (Marking.AMBER, {"group": True}, {}),
    "for the network": (Marking.GREEN, {"network": True}, {}),
    "for the public": (Marking.CLEAR, {"public": True}, {}),
    "under embargo": (Marking.GREEN, {"network": True}, {"embargo": True}),
    "expired": (Marking.AMBER, {"states": ("XAB",)}, {}),
    "recalled": (Marking.AMBER, {"states": ("XAB",)}, {}),
    "withdrawn": (Marking.AMBER, {"states": ("XAB",)}, {}),
    "existence only": (Marking.AMBER_STRICT, {}, {"existence_only": True}),
    "taken back": (Marking.AMBER, {"states": ("XAB",)}, {}),
}


def _records(leaks: LeakWorld):
    for fate, (marking, audience, terms) in FATES.items():
        yield _record(leaks, "XAA", fate, marking, audience, terms)
    yield _record(leaks, "XAD", "for states", Marking.AMBER, {"states": ("XAE",)}, {})
    yield _record(leaks, "secretariat", "for states", Marking.AMBER, {"states": ("XAA",)}, {})
    yield _record(leaks, "XBA", "draft", Marking.AMBER, {}, {})


def _record(leaks, code, fate, marking, audience, terms):
    world, desk = leaks.world, leaks.desk(code)
    new = {}

    def reads(reader, *, is_past=False):
        envelope = leaks.envelopes[new["record"]]
        return may_read_version(reader, envelope, is_past=is_past, now=database_now())

    def reads_first(reader):
        return reads(reader, is_past=fate == "taken back")

    is_wide = marking >= Marking.GREEN
    what = f"{code}: {fate}"
    part = PartWords(
        leaks.word(f"{what}, a part's label", lambda reader: _reads_part(leaks, new, reader)),
        leaks.word(f"{what}, a part", lambda reader: _reads_part(leaks, new, reader)),
        min(marking, Marking.AMBER_STRICT),
    )
    words = Words(
        leaks.word(f"{what}, title", reads_first, is_wide=is_wide),
        leaks.word(f"{what}, text", reads_first, is_wide=is_wide),
        (part,),
    )
    owner = world.body(code)
    embargo = database_now() + LATER if terms.get("embargo") else None
    made = draft_record(
        by=desk,
        terms=Terms(
            "situation_report",
            marking,
            open_to_contributors=terms.get("open_to_contributors", False),
            existence_only=terms.get("existence_only", False),
            embargo_until=embargo,
        ),
        words=words,
        state=owner.pk if code in world.states else None,
        institution=None if code in world.states else owner.pk,
    )
    new["record"] = made
    name = leaks.word(f"{what}, a file's name", reads, is_wide=is_wide)
    content = leaks.word(f"{what}, a file", reads, is_wide=is_wide)
    attach_file(by=desk, record=made, arrived=arrive(content.encode(), f"{name}.txt"))
    address_record(by=desk, record=made, audience=_audience(leaks, code, audience))
    if marking > Marking.RED and audience.get("states"):
        first = frozenset({world.states[audience["states"][0]].pk})
        address_part(by=desk, record=made, slot=1, audience=Audience(states=first))
    if not fate.startswith("draft"):
        release_record(by=desk, record=made)
        tell_readers(record=made, about="released")
    if fate == "taken back":
        second = Words(leaks.word(f"{what}, second title", reads), "b", ())
        revise_record(by=desk, record=made, words=second, take_back_earlier=True)
        tell_readers(record=made, about="revised")
    return made


def _reads_part(leaks, made, reader):
    record = made["record"]
    envelope = leaks.envelopes[record]
    return any(may_read_part(reader, envelope, part, database_now()) for part in leaks.parts[record])


def _audience(leaks, code, wanted):
    world = leaks.world
    group = frozenset()
    if wanted.get("group"):
        members = Audience(states=frozenset({world.states["XAF"].pk}))
        name = leaks.word(
            "a group's name", lambda reader: bool(reader and speaks_for(reader, world.states[code].pk))
        )
        made = make_group(by=leaks.desk(code), keeper=world.states[code].pk, is_state=True, name=name)
        set_members(by=leaks.desk(code), group=made, name=name, members=members)
        leaks.ids.setdefault("group", []).append(made)
        group = frozenset({made})
        for account, reader in world.readers.items():
            if any(seat.state == world.states["XAF"].pk for seat in reader.seats):
                world.readers[account] = replace(reader, groups=reader.groups | group)
    return Audience(
        persons=frozenset({leaks.desk("XAC")}) if wanted.get("persons") else frozenset(),
        states=frozenset(world.states[one].pk for one in wanted.get("states", ())),
        institutions=frozenset(world.bodies[one].pk for one in wanted.get("bodies", ())),
        groups=group,
        network=wanted.get("network", False),
        public=wanted.get("public", False),
    )


def _by(accounts):
    return lambda reader: reader is not None and reader.account in accounts


def _answers(leaks: LeakWorld) -> None:
    """Consultations with their replies, requests for release with their answers."""
    world, desk = leaks.world, leaks.desk("XAA")
    by_fate = leaks.fates
    for fate, concerned, replies in (("for the network", "XAD", True), ("draft", "XAE", False)):
        record, state = by_fate[fate], world.states[concerned].pk
        name_concerned(by=desk, record=record, states=frozenset({state}))

        def knows(reader, record=record, state=state):
            about = Consulted(told_at=database_now())
            return may_know_of_consultation(reader, leaks.envelopes[record], state, about)

        consult_state(by=desk, record=record, state=state, words=leaks.word("what a state is told", knows))
        because = leaks.word(
            "why not to wait", lambda r, record=record: bool(r and is_own(r, leaks.envelopes[record]))
        )
        waive_waiting(by=desk, record=record, state=state, because=because)
        with acting_as(desk):
            asked = Consultation.objects.get(record=record).pk
        leaks.ids.setdefault("consultation", []).append(asked)
        leaks.ids.setdefault("state", []).append(state)
        if replies:
            said = leaks.word(
                "a reply",
                lambda r, record=record, state=state: may_read_reply(
                    r, leaks.envelopes[record], state, database_now()
                ),
            )
            reply_as_concerned(by=leaks.desk(concerned), consultation=asked, body=said)
    asker = leaks.desk("XAF")
    both = frozenset({asker})
    record = by_fate["existence only"]

    def sides(reader):
        return _by(both)(reader) or bool(reader and decides_for_owner(reader, leaks.envelopes[record]))

    request = request_release(by=asker, record=record, reason=leaks.word("why one asks", sides))
    answer_request(by=desk, request=request, granted=False, answer=leaks.word("an answer", sides))
    request_release(by=asker, record=record, reason=leaks.word("why one asks again", sides))
    with acting_as(desk):
        leaks.ids["asked"] = list(ReleaseRequest.objects.values_list("pk", flat=True))


def _fates(leaks: LeakWorld) -> None:
    desk = leaks.desk("XAA")
    by_fate = leaks.fates
    ends = Terms("situation_report", Marking.AMBER, expires_at=database_now())
    set_terms(by=desk, record=by_fate["expired"], terms=ends)
    recalled = by_fate["recalled"]
    recall_record(by=desk, record=recalled)
    tell_readers(record=recalled, about="recalled")
    with acting_as(desk):
        receipt = Receipt.objects.get(record=recalled)
    asked = receipt.body

    def sides(reader):
        owner = bool(reader and decides_for_owner(reader, leaks.envelopes[recalled]))
        return owner or bool(reader and speaks_for(reader, asked))

    note = leaks.word("what became of copies", sides)
    sign_receipt(by=leaks.desk("XAB"), receipt=receipt.pk, became=Became.KEPT, note=note)
    leaks.ids["receipt"] = [receipt.pk]
    with acting_as(desk):
        leaks.ids["attachment"] = [file.id for one in leaks.ids["record"] for file in attachments_of(one)]
    withdraw_record(by=desk, record=by_fate["withdrawn"])
    tell_readers(record=by_fate["withdrawn"], about="withdrawn")


def _what_may_be_read(leaks: LeakWorld) -> None:
    for code in ("XAA", "XAD", "secretariat", "XBA"):
        with acting_as(leaks.desk(code)):
            for row in Record.objects.filter(owner=leaks.world.body(code).pk):
                _take_in(leaks, row)
            for row in Record.objects.filter(desk=leaks.world.body(code).pk, open_to_contributors=True):
                _take_in(leaks, row)


def _take_in(leaks: LeakWorld, row: Record) -> None:
    leaks.envelopes[row.pk] = envelope_of(row)
    leaks.parts[row.pk] = [
        Part(part.marking, part_audience_of(part.id), is_past=row.oldest_version > 1)
        for part in parts_in_sight(row.pk, 1)
    ]
