"""Private facts of advice: a draft of two states, what it rests on, a paper in silence, one transmitted."""

from datetime import timedelta

from rtopnet.advice.models import PaperStatement
from rtopnet.advice.public import (
    Frame,
    acknowledge_advice,
    add_statement,
    answer_advice,
    begin_paper,
    circulate_paper,
    cite_record,
    close_advice,
    transmit_paper,
)
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.meetings.public import (
    Circle,
    adopt_due,
    comment_on_round,
    join_with_reservation,
    move_story_back,
)
from rtopnet.sharing.models import Record
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    address_record,
    draft_record,
    release_record,
    tell_readers,
)
from rtopnet.sharing.queries import envelope_of
from rtopnet.sharing.rules import may_read, speaks_for
from tests.leaks.facts import LeakWorld
from tests.sharing.worlds import database_now


def plant(leaks: LeakWorld) -> None:
    """A draft that rests on what one drafter cannot read, a paper in silence, one that came to its end."""
    papers = _Papers(leaks)
    papers.draft()
    papers.in_silence()
    papers.transmitted()


class _Papers:
    """Papers of XAA, drafted with XAB, cleared by both; the secretariat chairs."""

    def __init__(self, leaks):
        self.leaks = leaks
        self.bodies = {code: leaks.world.body(code).pk for code in ("XAA", "XAB", "secretariat", "un_office")}
        for name in ("advice", "statement", "citation", "sent"):
            leaks.ids.setdefault(name, [])

    def draft(self):
        """Its drafters' desks see it; what XAB rests a statement on, XAB alone."""
        both = self.desks("XAA", "XAB")
        record, statement = self.begun("a draft", both)
        own = self.desks("XAB")
        cited = self.record(own, "what a draft rests on", to=())
        shows = self.word("what a hidden reference shows", own)
        reference = cite_record(by=self.desk("XAB"), statement=statement, cited=cited, shows=shows)
        self.leaks.ids["citation"].append(reference)
        self.leaks.ids["advice"].append(record)

    def in_silence(self):
        record, _cited = self.circulated("a paper in silence")
        self.leaks.ids["advice"].append(record)

    def transmitted(self):
        """The office reads the text and what is printed with it, and nothing else that was said."""
        record, _cited = self.circulated("a transmitted paper", sent=True)
        inside = self.readers_of(record)
        comment_on_round(
            by=self.desk("secretariat"),
            procedure=self.procedure,
            words=self.word("a comment on a paper", inside),
        )
        join_with_reservation(
            by=self.desk("XAB"),
            procedure=self.procedure,
            words=self.word("a reservation on a paper", self.those_who_receive),
        )
        move_story_back(record=record, by=timedelta(days=20))
        adopt_due()
        sent = transmit_paper(by=self.desk("XAA"), record=record)
        self.envelope(sent)
        self.sent = sent
        tell_readers(record=sent, about="released")
        office, wide = self.desk("un_office"), self.those_who_receive
        acknowledge_advice(by=office, record=sent, words=self.word("an acknowledgement", wide))
        answer_advice(by=office, record=sent, words=self.word("an answer of the office", wide))
        close_advice(by=self.desk("XAA"), record=sent, words=self.word("how a paper ended", wide))
        self.leaks.ids["advice"].append(record)
        self.leaks.ids["sent"].append(sent)

    def those_who_receive(self, reader):
        """Whoever reads the transmission, which is made after the words that it prints."""
        return may_read(reader, self.leaks.envelopes[self.sent], database_now())

    def circulated(self, what, *, sent=False):
        known = {}

        def reads(reader):
            return may_read(reader, self.leaks.envelopes[known["record"]], database_now())

        allowed = self.those_who_receive if sent else reads
        cited = self.record(allowed, f"{what}: what it rests on", to=("XAA",))
        record, statement = self.begun(what, allowed)
        known["record"] = record
        shows = self.word(f"{what}: what a reference shows", allowed)
        self.leaks.ids["citation"].append(
            cite_record(by=self.desk("XAA"), statement=statement, cited=cited, shows=shows)
        )
        self.procedure = circulate_paper(by=self.desk("XAA"), record=record, day=today() + timedelta(days=14))
        self.envelope(record)
        tell_readers(record=record, about="released")
        return record, cited

    def begun(self, what, allowed):
        circle = Circle(
            self.bodies["secretariat"],
            chair_is_state=False,
            states=frozenset({self.bodies["XAA"], self.bodies["XAB"]}),
        )
        frame = Frame(self.bodies["un_office"], circle, drafters=frozenset({self.bodies["XAB"]}))
        by = self.desk("XAA")
        record = begin_paper(
            by=by,
            form="briefing",
            title=self.word(f"{what}: title", allowed),
            frame=frame,
            state=self.bodies["XAA"],
        )
        first = add_statement(
            by=by, record=record, section="summary", text=self.word(f"{what}: a statement", allowed)
        )
        add_statement(
            by=by,
            record=record,
            section="points",
            text=self.word(f"{what}: its own words", allowed),
            is_own_words=True,
        )
        self.leaks.ids["statement"].append(first)
        assert self.seen(PaperStatement) >= 2
        return record, first

    def seen(self, model):
        with acting_as(self.desk("XAA")):
            return model.objects.count()

    def record(self, allowed, what, *, to):
        """A record of XAB that a statement rests on: its own, or one that reaches all who clear the paper."""
        by = self.desk("XAB")
        record = draft_record(
            by=by,
            terms=Terms("situation_report", Marking.AMBER),
            words=Words(self.word(what, allowed), ""),
            state=self.bodies["XAB"],
        )
        if to:
            audience = Audience(
                states=frozenset({self.bodies["XAA"]}),
                institutions=frozenset({self.bodies["secretariat"], self.bodies["un_office"]}),
            )
            address_record(by=by, record=record, audience=audience)
            release_record(by=by, record=record)
            tell_readers(record=record, about="released")
        self.leaks.ids["record"].append(record)
        return record

    def readers_of(self, record):
        return lambda reader: may_read(reader, self.leaks.envelopes[record], database_now())

    def envelope(self, record):
        with acting_as(self.desk("XAA")):
            self.leaks.envelopes[record] = envelope_of(Record.objects.get(pk=record))

    def desks(self, *codes):
        states = [self.bodies[code] for code in codes]
        return lambda reader: reader is not None and any(speaks_for(reader, state) for state in states)

    def word(self, what, allowed):
        return self.leaks.word(f"advice: {what}", allowed)

    def desk(self, code):
        return self.leaks.desk(code)
