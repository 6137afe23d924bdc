"""Texts on their way to agreement in circles of every width, and what is said about them there."""

from datetime import timedelta

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.meetings.models import Decision, WorkingText
from rtopnet.meetings.public import (
    Circle,
    add_statement,
    adopt_due,
    ask_for_more_time,
    break_silence,
    circulate_proposal,
    comment_on_round,
    draft_proposal,
    join_with_reservation,
    move_story_back,
    stay_silent,
    withdraw_from_silence,
    write_proposal,
)
from rtopnet.sharing.models import Record
from rtopnet.sharing.queries import envelope_of
from rtopnet.sharing.rules import may_read, speaks_for
from tests.leaks.facts import Fact, LeakWorld
from tests.sharing.worlds import database_now


def plant(leaks: LeakWorld) -> None:
    """A draft of two states, and texts in silence, broken, taken out and adopted, of a circle and of all."""
    _draft(leaks)
    for is_network in (False, True):
        for fate in (_in_silence, _broken, _taken_out, _adopted):
            fate(leaks, is_network=is_network)


def _draft(leaks):
    """Drafted by XAA with XAB: their desks see it, and not their contributors."""
    drafters = [leaks.world.states[code].pk for code in ("XAA", "XAB")]
    record = draft_proposal(
        by=leaks.desk("XAA"),
        title=leaks.word("a draft's title", _desks_of(drafters)),
        body=leaks.word("a draft's text", _desks_of(drafters)),
        state=drafters[0],
        drafters=frozenset(drafters[1:]),
    )
    leaks.ids["record"].append(record)


def _in_silence(leaks, *, is_network):
    text = _Text(leaks, "in silence", is_network=is_network)
    text.circulate(days=6, short_because=text.word("why so soon"))
    text.speak()
    stay_silent(by=leaks.desk("XAB"), procedure=text.procedure)
    ask_for_more_time(by=leaks.desk("XAB"), procedure=text.procedure, reason=text.word("why more time"))


def _broken(leaks, *, is_network):
    text = _Text(leaks, "broken", is_network=is_network)
    text.circulate()
    text.speak()
    break_silence(by=leaks.desk("XAB"), procedure=text.procedure, reason=text.word("why it was broken"))
    mine = _desks_of([leaks.world.states["XAA"].pk])
    write_proposal(
        by=leaks.desk("XAA"),
        record=text.record,
        title=leaks.word("the next version's title", mine),
        body=leaks.word("the next version's text", mine),
    )


def _taken_out(leaks, *, is_network):
    text = _Text(leaks, "taken out", is_network=is_network)
    text.circulate()
    withdraw_from_silence(
        by=leaks.desk("XAA"), procedure=text.procedure, reason=text.word("why it was taken out")
    )


def _adopted(leaks, *, is_network):
    text = _Text(leaks, "adopted", is_network=is_network)
    text.circulate()
    text.speak()
    move_story_back(record=text.record, by=timedelta(days=20))
    adopt_due()
    add_statement(
        by=leaks.desk("secretariat"), procedure=text.procedure, words=text.word("the chair's statement")
    )
    with acting_as(leaks.desk("XAA")):
        reference = Decision.objects.get(record=text.record).reference
    if not is_network:
        # The network's references count one by one, so that of one tells nothing.
        leaks.facts.append(Fact(reference, "a closed circle's reference", text.reads, is_wide=False))


class _Text:
    """A proposal of XAA, before XAB and XAC or before the network."""

    def __init__(self, leaks, fate, *, is_network):
        self._leaks, self._is_network = leaks, is_network
        self._what = f"{'the network' if is_network else 'a circle'}, {fate}"
        world = leaks.world
        self.record = draft_proposal(
            by=leaks.desk("XAA"),
            title=self.word("title"),
            body=self.word("text"),
            state=world.states["XAA"].pk,
        )
        leaks.ids["record"].append(self.record)
        reef = world.regions["reef"].pk
        codes = [code for code, state in world.states.items() if state.region_id == reef]
        self._states = frozenset(world.states[code].pk for code in (codes if is_network else ("XAB", "XAC")))

    def reads(self, reader):
        """Whether somebody reads the record, and with it all that was said about it."""
        return may_read(reader, self._leaks.envelopes[self.record], database_now())

    def word(self, what):
        return self._leaks.word(f"{self._what}: {what}", self.reads, is_wide=self._is_network)

    def circulate(self, *, days=14, short_because=""):
        chair = self._leaks.world.bodies["secretariat"].pk
        self.procedure = circulate_proposal(
            by=self._leaks.desk("XAA"),
            record=self.record,
            circle=Circle(chair, chair_is_state=False, states=self._states, network=self._is_network),
            day=today() + timedelta(days=days),
            short_because=short_because,
        )
        with acting_as(self._leaks.desk("XAA")):
            self._leaks.envelopes[self.record] = envelope_of(Record.objects.get(pk=self.record))
            assert WorkingText.objects.filter(record=self.record).exists()

    def speak(self):
        """What states and the chair say while it is in silence."""
        comment_on_round(
            by=self._leaks.desk("secretariat"), procedure=self.procedure, words=self.word("a comment")
        )
        join_with_reservation(
            by=self._leaks.desk("XAC"), procedure=self.procedure, words=self.word("a reservation")
        )


def _desks_of(states):
    return lambda reader: reader is not None and any(speaks_for(reader, state) for state in states)
