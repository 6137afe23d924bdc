"""Private facts of evidence: reports, their protected parts, speech, the chain of custody."""

from datetime import timedelta

from rtopnet.kernel.clock import today
from rtopnet.sharing.public import (
    Audience,
    address_part,
    address_record,
    recall_record,
    release_record,
    tell_readers,
)
from rtopnet.sharing.rules import STATE_DESK, STATE_PEOPLE
from rtopnet.warning.evidence.public import (
    ActorKind,
    ExactPlace,
    Facts,
    Graded,
    Ground,
    Owner,
    Protected,
    RabatPart,
    Said,
    Slot,
    Step,
    Told,
    add_step,
    draft_incitement,
    draft_report,
    grade_report,
    grade_speech,
)


def plant(leaks):
    """A draft, a report for one state with a place for one person, a recalled one and a speech, by XAA."""
    reports = Reports(leaks)
    own = reports.people_of("XAA", desk=True)
    draft = reports.report("a draft report", own)
    shown = reports.report("a report", reports.own_and("XAB"), place_for="XAB")
    reports.share(shown, "XAB")
    recalled = reports.report("a recalled report", own, place_for="XAC")
    reports.share(recalled, "XAC")
    recall_record(by=leaks.desk("XAA"), record=recalled)
    tell_readers(record=recalled, about="recalled")
    speech = reports.speech("a speech", reports.own_and("XAD"))
    reports.share(speech, "XAD")
    leaks.ids["report"] = [shown, speech, draft, recalled, leaks.fates["for states"]]


class Reports:
    """Knows who reads what of them."""

    def __init__(self, leaks):
        self.leaks = leaks
        self.by = leaks.desk("XAA")

    def state(self, code):
        return self.leaks.world.states[code].pk

    def people_of(self, *codes, desk=False, also=()):
        """Readers who are of one of the states: their desks, or contributors who read, too."""
        states = {self.state(code) for code in codes}
        roles = STATE_DESK if desk else STATE_PEOPLE

        def allowed(reader):
            seats = reader.seats if reader else ()
            named = bool(reader and reader.account in also)
            return named or any(seat.state in states and seat.role in roles and seat.reads for seat in seats)

        return allowed

    def own_and(self, *codes):
        """The owner's desk, and from AMBER on all of the others' people."""
        own, others = self.people_of("XAA", desk=True), self.people_of(*codes)
        return lambda reader: own(reader) or others(reader)

    def word(self, what, allowed):
        return self.leaks.word(f"evidence: {what}", allowed)

    def told(self, what, allowed, place_for=""):
        also = {self.leaks.desk(place_for)} if place_for and "recalled" not in what else set()
        own = self.people_of("XAA", desk=True)
        protected = Protected(
            source=self.word(f"{what}, its source", own),
            names=self.word(f"{what}, names", own),
            place=ExactPlace(
                self.word(f"{what}, exact place", self.people_of("XAA", desk=True, also=also)), 11.5, -140.25
            ),
        )
        facts = Facts(
            act="killing",
            state=self.state("XAF"),
            occurred_from=today() - timedelta(days=4),
            occurred_to=today() - timedelta(days=3),
            target_group=self.word(f"{what}, who was targeted", allowed),
            target_ground=Ground.ETHNIC,
            actor_kind=ActorKind.ARMED_GROUP,
            actor_name=self.word(f"{what}, who acted", allowed),
            killed=(7, 9),
        )
        title, body = (self.word(f"{what}, {part}", allowed) for part in ("title", "text"))
        return Told(title, facts, body, protected)

    def report(self, what, allowed, *, place_for=""):
        owner = Owner(self.state("XAA"))
        record = draft_report(by=self.by, owner=owner, told=self.told(what, allowed, place_for))
        own = self.people_of("XAA", desk=True)
        add_step(
            by=self.by,
            record=record,
            what=Step.COLLECTED,
            holder=self.word(f"{what}, who had it", own),
            note=self.word(f"{what}, a note of custody", own),
        )
        reason = self.word(f"{what}, why it is graded so", own)
        grade_report(by=self.by, record=record, source=None, information=3, reason=reason)
        if place_for:
            audience = Audience(persons=frozenset({self.leaks.desk(place_for)}))
            address_part(by=self.by, record=record, slot=Slot.PLACE.value, audience=audience)
        return record

    def share(self, record, *codes):
        audience = Audience(states=frozenset(map(self.state, codes)))
        address_record(by=self.by, record=record, audience=audience)
        release_record(by=self.by, record=record)
        tell_readers(record=record, about="released")

    def speech(self, what, allowed):
        said = Said(
            original=self.word(f"{what}, original", allowed),
            channel=self.word(f"{what}, channel", allowed),
            speaker_role=self.word(f"{what}, speaker", allowed),
            translation=self.word(f"{what}, translation", allowed),
            call=self.word(f"{what}, call", allowed),
        )
        owner = Owner(self.state("XAA"))
        record = draft_incitement(by=self.by, owner=owner, told=self.told(what, allowed), said=said)
        grades = {part: Graded(1, self.word(f"{what}, {part} graded", allowed)) for part in RabatPart}
        grade_speech(by=self.by, record=record, grades=grades)
        return record
