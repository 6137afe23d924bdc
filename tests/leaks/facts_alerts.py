"""Private facts of warnings: drafts, what a state is told, links, answers for one alone, watch rules."""

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now, today
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    consultations_asked_of,
    draft_record,
    tell_readers,
)
from rtopnet.sharing.rules import STATE_DESK, STATE_PEOPLE
from rtopnet.warning.alerts.models import Firing, WatchRule
from rtopnet.warning.alerts.public import (
    AnswerKind,
    Condition,
    Crime,
    Level,
    LinkKind,
    Saying,
    Test,
    answer_alert,
    ask_to_sign,
    assess_alert,
    consult_on_alert,
    issue_alert,
    link_to_alert,
    raise_signal,
    waive_consultation,
)


def plant(leaks):
    """A draft and a warning to two states by XAA, and a rule of XAA's."""
    world = Warnings(leaks)
    draft = world.raised("a draft warning", world.people("XAA"))
    issued = world.issued()
    leaks.ids["warning"] = [draft, issued]
    leaks.ids["linked"] = [world.report]
    leaks.ids.setdefault("state", []).extend(leaks.world.states[code].pk for code in ("XAB", "XAC", "XAD"))
    leaks.ids["rule"], leaks.ids["firing"] = world.rule()
    leaks.ids["measure"] = ["state_deaths", "first_level"]


class Warnings:
    """Knows who reads what of it."""

    def __init__(self, leaks):
        self.leaks = leaks
        self.by = leaks.desk("XAA")

    def state(self, code):
        return self.leaks.world.states[code].pk

    def people(self, *codes, others=()):
        """The desks of states, all of the ``others``' people."""
        desks, whole = {self.state(code) for code in codes}, {self.state(code) for code in others}

        def allowed(reader):
            seats = reader.seats if reader else ()
            return any(
                (seat.state in desks and seat.role in STATE_DESK)
                or (seat.state in whole and seat.role in STATE_PEOPLE and seat.reads)
                for seat in seats
            )

        return allowed

    def word(self, what, allowed):
        return self.leaks.word(f"warnings: {what}", allowed)

    def raised(self, what, allowed, concerned=()):
        saying = Saying(
            self.word(f"{what}, title", allowed),
            self.word(f"{what}, text", allowed),
            (Crime.GENOCIDE,),
            frozenset(map(self.state, concerned)),
        )
        return raise_signal(by=self.by, body=self.state("XAA"), saying=saying, marking=Marking.AMBER)

    def issued(self):
        readers = self.people("XAA", others=("XAB", "XAC", "XAD"))
        record = self.raised("a warning", readers, concerned=("XAE",))
        assess_alert(by=self.by, record=record, words=self.word("what a signal amounts to", readers))
        told = self.word("what a state concerned is told", self.people("XAA", "XAE"))
        consult_on_alert(by=self.by, record=record, state=self.state("XAE"), words=told)
        waived = self.word("why a state was not waited for", self.people("XAA"))
        waive_consultation(by=self.by, record=record, state=self.state("XAE"), because=waived)
        with acting_as(self.leaks.desk("XAE")):
            asked = [one.id for one in consultations_asked_of(frozenset({self.state("XAE")}))]
        self.leaks.ids.setdefault("consultation", []).extend(asked)
        ask_to_sign(by=self.by, record=record, state=self.state("XAD"))
        audience = Audience(states=frozenset(map(self.state, ("XAB", "XAC"))))
        issue_alert(by=self.by, record=record, level=Level.WATCH, audience=audience)
        tell_readers(record=record, about="released")
        self.link(record)
        answer_alert(
            by=self.leaks.desk("XAB"),
            record=record,
            body=self.state("XAB"),
            kind=AnswerKind.STEP,
            words=self.word("an answer for the owner alone", self.people("XAA", "XAB")),
        )
        return record

    def link(self, record):
        own = self.people("XAA")
        title = self.word("a record tied to a warning", own)
        self.report = draft_record(
            by=self.by,
            terms=Terms("situation_report", Marking.AMBER),
            words=Words(title, ""),
            state=self.state("XAA"),
        )
        link_to_alert(by=self.by, record=record, linked=self.report, kind=LinkKind.EVIDENCE)

    def rule(self):
        mine = self.by

        def allowed(reader):
            return bool(reader and reader.account == mine)

        region = self.leaks.world.states["XAA"].region_id
        with acting_as(self.by):
            rule = WatchRule.objects.create(
                region_id=region,
                account_id=self.by,
                title=self.word("a watch rule", allowed),
                measure="state_deaths",
                place=self.word("where a rule watches", allowed),
                test=Test.LIMIT,
                limit=Condition(Test.LIMIT, 5).limit,
                tried_at=now(),
                is_on=True,
            )
            firing = Firing.objects.create(
                region_id=region,
                account_id=self.by,
                rule=rule,
                month=today().replace(day=1),
                value=7,
                limit=5,
            )
            record_deed(
                verb="made", kind="alerts.rule", subject=rule.pk, region=region, books=[], in_own_books=False
            )
        return [rule.pk], [firing.pk]
