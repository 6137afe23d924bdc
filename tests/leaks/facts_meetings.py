"""Private facts of meetings: closed meetings and items, delegations, and what a host writes for invitees."""

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.public import (
    AnswerWords,
    DelegateWords,
    HostWords,
    Invites,
    ItemWords,
    Promise,
    add_passage,
    answer_invitation,
    begin_minutes,
    close_minutes,
    keep_host_pack,
    keep_series,
    name_writers,
    note_progress,
    plan_meeting,
    promise_action,
    propose_item,
    save_passage,
)
from rtopnet.network.models import Holding
from rtopnet.sharing.models import Record
from rtopnet.sharing.public import Audience, Marking, release_record
from rtopnet.sharing.queries import envelope_of
from rtopnet.sharing.rules import is_own, may_read
from tests.meetings.gatherings import body, when
from tests.sharing.worlds import database_now

NETWORK = Audience(network=True)


def plant(leaks):
    """A meeting of the network and one of two states, with items, answers and what their hosts say."""
    open_to_all, closed = _Planted(leaks), _Planted(leaks)
    leaks.ids["passage"] = []
    leaks.ids["series"] = [_series(leaks)]
    wide = _meeting(leaks, open_to_all, "a meeting of the network", NETWORK, Marking.GREEN)
    narrow = _meeting(leaks, closed, "a closed meeting", _states(leaks, "XAB", "XAC"), Marking.AMBER)
    drafted = _meeting(leaks, _Planted(leaks), "a meeting's draft", NETWORK, Marking.GREEN, released=False)
    items = [
        _item(leaks, "XAA", wide, "a closed item", _states(leaks, "XAB")),
        _item(leaks, "XAD", wide, "an item's draft", NETWORK, released=False),
    ]
    answers = [_answer(leaks, "XAB", wide), _answer(leaks, "XAB", narrow)]
    minutes = _minutes(leaks, wide, items[0])
    action = _action(leaks, wide)
    for record in (wide, narrow, drafted, *items, *answers, minutes, action):
        leaks.ids["record"].append(record)


class _Planted:
    """A record that is still to be made, and who reads it once it is."""

    def __init__(self, leaks):
        self.leaks, self.record = leaks, None

    def reads(self, reader):
        return may_read(reader, self.leaks.envelopes[self.record], database_now())

    def kept(self, record, by):
        self.record = record
        with acting_as(by):
            self.leaks.envelopes[record] = envelope_of(Record.objects.get(pk=record))
        return record


def _states(leaks, *codes):
    return Audience(states=frozenset(leaks.world.states[code].pk for code in codes))


def _series(leaks):
    secretariat = leaks.world.bodies["secretariat"].pk
    keepers = {
        account
        for account, reader in leaks.world.readers.items()
        if any(seat.institution == secretariat for seat in reader.seats)
    }
    name = leaks.word("a series' name", lambda reader: bool(reader and reader.account in keepers))
    return keep_series(by=leaks.desk("secretariat"), name=name, **body(leaks.world, "secretariat"))


def _meeting(leaks, planted, what, audience, marking, *, released=True):
    by, is_wide = leaks.desk("secretariat"), marking >= Marking.GREEN
    told = {
        name: leaks.word(f"{what}: {name}", planted.reads, is_wide=is_wide)
        for name in ("title", "text", "place", "join", "venue")
    }
    invites = Invites(told["title"], told["text"], marking, audience)
    hosted = when(
        place=told["place"],
        join_link=f"https://{told['join']}.example/",
        host_state=leaks.world.states["XAC"].pk,
    )
    record = plan_meeting(by=by, when=hosted, invites=invites, **body(leaks.world, "secretariat"))
    if released:
        release_record(by=by, record=record)
    keep_host_pack(by=by, meeting=record, words=HostWords(venue=told["venue"]))
    return planted.kept(record, by)


def _item(leaks, code, meeting, what, audience, *, released=True):
    planted, by = _Planted(leaks), leaks.desk(code)
    title, text = (leaks.word(f"{what}: {name}", planted.reads) for name in ("title", "text"))
    record = propose_item(
        by=by,
        meeting=meeting,
        words=ItemWords(title, text, 37, "discussion"),
        marking=Marking.GREEN if audience.network else Marking.AMBER,
        audience=audience,
        **body(leaks.world, code),
    )
    if released:
        release_record(by=by, record=record)
    return planted.kept(record, by)


def _answer(leaks, code, meeting):
    planted, by = _Planted(leaks), leaks.desk(code)
    told = [
        leaks.word(f"an answer of {code}: {name}", planted.reads)
        for name in ("title", "note", "name", "role", "credentials", "food", "access")
    ]
    title, note, *person = told
    words = AnswerWords("yes", title, note, (DelegateWords(*person),))
    state = leaks.world.states[code].pk
    return planted.kept(answer_invitation(by=by, meeting=meeting, state=state, answer=words), by)


def _minutes(leaks, meeting, item):
    """Minutes of the network's meeting, shared, with a passage on a closed item and earlier words."""
    planted, by, writer = _Planted(leaks), leaks.desk("secretariat"), leaks.desk("XAA")
    title = leaks.word("minutes: title", planted.reads, is_wide=True)
    record = begin_minutes(by=by, meeting=meeting, title=title)
    name_writers(by=by, minutes=record, accounts=[writer])
    planted.kept(record, by)

    def reads_item(reader):
        return planted.reads(reader) and may_read(reader, leaks.envelopes[item], database_now())

    def writes(reader):
        return bool(reader) and (reader.account == writer or is_own(reader, leaks.envelopes[record]))

    heading = leaks.word("minutes: a heading", planted.reads, is_wide=True)
    open_passage = add_passage(by=by, minutes=record, heading=heading)
    on_the_way = leaks.word("minutes: typed on the way", writes)
    save_passage(by=by, passage=open_passage, base=1, text=on_the_way)
    save_passage(by=by, passage=open_passage, base=2, text=leaks.word("minutes: a passage", planted.reads))
    shut = add_passage(by=writer, minutes=record, item=item)
    save_passage(by=writer, passage=shut, base=1, text=leaks.word("minutes: on a closed item", reads_item))
    leaks.ids["passage"] += [open_passage, shut]
    close_minutes(by=by, minutes=record)
    return planted.kept(record, by)


def _action(leaks, meeting):
    """An action between the secretariat and one state, with what became of it."""
    planted, by = _Planted(leaks), leaks.desk("secretariat")
    state = leaks.world.states["XAB"].pk
    with acting_as(leaks.desk("XAB")):
        post = Holding.objects.filter(account=leaks.desk("XAB")).values_list("post_id", flat=True)[0]
    title, text, note = (
        leaks.word(f"an action: {name}", planted.reads) for name in ("title", "text", "note")
    )
    record = promise_action(
        by=by,
        promise=Promise(title, text, post),
        marking=Marking.AMBER,
        audience=Audience(states=frozenset({state})),
        meeting=meeting,
        **body(leaks.world, "secretariat"),
    )
    release_record(by=by, record=record)
    note_progress(by=leaks.desk("XAB"), action=record, became="progress", text=note)
    return planted.kept(record, by)
