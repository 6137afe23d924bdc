"""Private facts of meetings: closed meetings and items, delegations, and what a host writes for invitees."""

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.public import (
    AnswerWords,
    DelegateWords,
    HostWords,
    Invites,
    ItemWords,
    answer_invitation,
    keep_host_pack,
    keep_series,
    plan_meeting,
    propose_item,
)
from rtopnet.sharing.models import Record
from rtopnet.sharing.public import Audience, Marking, release_record
from rtopnet.sharing.queries import envelope_of
from rtopnet.sharing.rules import may_read
from tests.meetings.gatherings import body, when
from tests.sharing.worlds import database_now

NETWORK = Audience(network=True)


def plant(leaks):
    """A meeting of the network and one of two states, with items, answers and what their hosts say."""
    open_to_all, closed = _Planted(leaks), _Planted(leaks)
    leaks.ids["series"] = [_series(leaks)]
    wide = _meeting(leaks, open_to_all, "a meeting of the network", NETWORK, Marking.GREEN)
    narrow = _meeting(leaks, closed, "a closed meeting", _states(leaks, "XAB", "XAC"), Marking.AMBER)
    drafted = _meeting(leaks, _Planted(leaks), "a meeting's draft", NETWORK, Marking.GREEN, released=False)
    items = [
        _item(leaks, "XAA", wide, "a closed item", _states(leaks, "XAB")),
        _item(leaks, "XAD", wide, "an item's draft", NETWORK, released=False),
    ]
    answers = [_answer(leaks, "XAB", wide), _answer(leaks, "XAB", narrow)]
    for record in (wide, narrow, drafted, *items, *answers):
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
