"""Private facts of assistance: drafts, rosters, offers between two, appraisals, deployments, money."""

from datetime import timedelta
from decimal import Decimal

from rtopnet.assistance.models import Consent, Correction
from rtopnet.assistance.public import (
    Aid,
    Area,
    Asking,
    Flow,
    Form,
    Given,
    Held,
    Marks,
    OnOffer,
    OnRoster,
    Pillar,
    Setting,
    Wish,
    accept_offer,
    add_need,
    address_request,
    answer_consent,
    appraise,
    ask_consent,
    begin_deployment,
    circulate_request,
    confirm_participant,
    contribute,
    correct_entry,
    decline_offer,
    deployment_sheet,
    draft_offer,
    draft_request,
    end_deployment,
    keep_entry,
    offer_in_sight,
    propose_lesson,
    report_on_deployment,
    send_deployment,
    send_offer,
    send_regret,
    set_duty_done,
    set_up_deployment,
    submit_request,
    withdraw_request,
)
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import Audience, tell_readers
from rtopnet.sharing.rules import STATE_DESK, STATE_PEOPLE


def plant(leaks):
    """One request in each of several fates, by XAA, with what others made of it."""
    first = Requests(leaks)
    draft = first.drafted("a draft request")
    running = first.circulated("a request", to=("XAB", "XAC", "XAD"))
    first.work_on(running)
    stopped = first.circulated("a withdrawn request", to=("XAB",), ended=True)
    first.offers_for(stopped, "XAB", "an offer for a withdrawn request")
    withdraw_request(
        by=leaks.desk("XAA"),
        record=stopped[0],
        words=leaks.word("why a request was withdrawn", first.people_of("XAA", "XAB", desk=True)),
    )
    leaks.ids["asked"] += [draft[0], running[0], stopped[0]]
    leaks.ids["need"] = [draft[1], running[1]]


class Requests:
    """Knows who reads what of it, and gathers ids."""

    def __init__(self, leaks):
        self.leaks = leaks
        for name in ("offer", "entry", "deployment", "appraisal", "lesson", "contribution"):
            leaks.ids.setdefault(name, [])

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
        """The asking state's desk, and from AMBER on all of the others' people."""
        own, others = self.people_of("XAA", desk=True), self.people_of(*codes)
        return lambda reader: own(reader) or others(reader)

    def word(self, what, allowed):
        return self.leaks.word(f"assistance: {what}", allowed)

    def drafted(self, what, allowed=None):
        allowed = allowed or self.people_of("XAA", desk=True)
        by = self.leaks.desk("XAA")
        asking = Asking(*(self.word(f"{what}, {part}", allowed) for part in ("title", "text", "conditions")))
        record = draft_request(by=by, state=self.state("XAA"), asking=asking)
        wish = Wish(
            what=self.word(f"{what}, need", allowed),
            area=Area.JUSTICE,
            pillar=Pillar.HELP,
            form=Form.CAPACITY,
            starts_on=today(),
            ends_on=today() + timedelta(days=60),
            skills=["legal-aid"],
            number=2,
            place=self.word(f"{what}, place", allowed),
            budget=Decimal(1000),
            currency="USD",
        )
        return record, add_need(by=by, record=record, wish=wish)

    def circulated(self, what, *, to, ended=False):
        allowed = self.people_of("XAA", desk=True) if ended else self.own_and(*to)
        record, need = self.drafted(what, allowed)
        by = self.leaks.desk("XAA")
        submit_request(by=by, record=record)
        audience = Audience(states=frozenset(map(self.state, to)))
        address_request(by=by, record=record, audience=audience)
        circulate_request(by=by, record=record)
        tell_readers(record=record, about="released")
        return record, need

    def roster_entry(self, code, *, account=None):
        allowed = self.people_of(code, desk=True, also={account} if account else ())
        post = self.people_of(code, "XAA", desk=True) if code == "XAB" else allowed
        body = self.leaks.world.states[code]
        entry = OnRoster(
            post_title=self.word(f"{code}, a post on a roster", self.posts(code, account, post)),
            person=self.word(f"{code}, a person on a roster", allowed),
            account=account,
            skills={"legal-aid": Held(3)},
            periods=[(today(), today() + timedelta(days=90))],
            clearances={self.word(f"{code}, a clearance", allowed): today() + timedelta(days=9)},
            notes=self.word(f"{code}, notes of a roster", allowed),
        )
        found = keep_entry(by=self.leaks.desk(code), body=body.pk, region=body.region_id, entry=entry)
        self.leaks.ids["entry"].append(found)
        return found

    def posts(self, code, account, allowed):
        """Of what was offered and deployed, those who take part read the post's title as well."""
        if code != "XAB":
            return allowed
        part = self.own_and("XAB", "XAC")
        return lambda reader: part(reader) or bool(reader and reader.account == account)

    def offers_for(self, request, code, what, *, entry=None):
        allowed = self.people_of("XAA", code, desk=True)
        line = OnOffer(
            need=request[1],
            aid=Aid.EXPERTS,
            number=1,
            starts_on=today(),
            ends_on=today() + timedelta(days=30),
            entry=entry,
            words=self.word(f"{what}, line", allowed),
        )
        offer = draft_offer(
            by=self.leaks.desk(code),
            request=request[0],
            body=self.state(code),
            valid_until=today() + timedelta(days=30),
            lines=[line],
            conditions=self.word(f"{what}, conditions", allowed),
        )
        send_offer(by=self.leaks.desk(code), offer=offer)
        tell_readers(record=offer, about="released")
        self.leaks.ids["offer"].append(offer)
        return offer

    def work_on(self, request):
        leaks, host = self.leaks, self.leaks.desk("XAA")
        expert = next(
            account
            for account, reader in leaks.world.readers.items()
            if any(seat.state == self.state("XAB") and seat.role == "contributor" for seat in reader.seats)
        )
        entry = self.roster_entry("XAB", account=expert)
        self.roster_entry("XAC")
        first = self.offers_for(request, "XAB", "an offer", entry=entry)
        second = self.offers_for(request, "XAC", "another offer")
        declined = self.offers_for(request, "XAD", "a declined offer")
        decline_offer(
            by=host,
            offer=declined,
            words=self.word("why an offer was declined", self.people_of("XAA", "XAD", desk=True)),
        )
        send_regret(
            by=leaks.desk("XAD"),
            record=request[0],
            body=self.state("XAD"),
            words=self.word("why one offers nothing more", self.people_of("XAA", "XAD", desk=True)),
        )
        lines = [self.accepted(offer) for offer in (first, second)]
        work = self.deployed(request, lines)
        self.asked(work, entry, expert)
        for code in ("XAB", "XAC"):
            with acting_as(leaks.desk(code)):
                mine = [one for one in deployment_sheet(work).participants if one.is_mine]
            for one in mine:
                confirm_participant(by=leaks.desk(code), participant=one.id)
        begin_deployment(by=host, deployment=work)
        self.told(work)
        end_deployment(by=host, deployment=work, words=self.word("how a deployment ended", self.parts()))
        self.judged(work)
        self.given(request)

    def parts(self):
        return self.own_and("XAB", "XAC")

    def accepted(self, offer):
        with acting_as(self.leaks.desk("XAA")):
            line = offer_in_sight(offer).lines[0].id
        accept_offer(by=self.leaks.desk("XAA"), offer=offer, accepted={line: 1})
        return line

    def deployed(self, request, lines):
        said = [self.word(f"a deployment, {part}", self.parts()) for part in ("title", "terms", "place")]
        contacts = self.word("a deployment, contacts", self.parts())
        setting = Setting(
            said[0], said[1], today(), today() + timedelta(days=30), place=said[2], contacts=contacts
        )
        by = self.leaks.desk("XAA")
        work = set_up_deployment(by=by, request=request[0], setting=setting, lines=lines)
        send_deployment(by=by, deployment=work)
        tell_readers(record=work, about="released")
        self.leaks.ids["deployment"].append(work)
        self.leaks.ids["body"] = self.leaks.ids["about"] = [
            self.state(code) for code in ("XAA", "XAB", "XAC")
        ]
        return work

    def asked(self, work, entry, expert):
        allowed = self.people_of("XAB", desk=True, also={expert})
        by = self.leaks.desk("XAB")
        asked = self.word("what an expert is asked", allowed)
        consent = ask_consent(by=by, deployment=work, entry=entry, words=asked)
        answer_consent(
            by=expert, consent=consent, given=True, note=self.word("what an expert answered", allowed)
        )
        correct_entry(by=expert, record=entry, words=self.word("what an expert corrects", allowed))
        with acting_as(by):
            self.leaks.ids["consent"] = list(Consent.objects.values_list("pk", flat=True))
            self.leaks.ids["correction"] = list(Correction.objects.values_list("pk", flat=True))

    def told(self, work):
        by, body = self.leaks.desk("XAB"), self.state("XAB")
        report_on_deployment(
            by=by, deployment=work, body=body, happened_on=today(), words=self.word("a report", self.parts())
        )
        note = self.word("a note on duty of care", self.parts())
        set_duty_done(by=by, deployment=work, body=body, item="insurance", done=True, note=note)

    def judged(self, work):
        by, body, about = self.leaks.desk("XAA"), self.state("XAA"), self.state("XAB")
        both = self.people_of("XAA", "XAB", desk=True)
        judged = appraise(
            by=by,
            deployment=work,
            body=body,
            about=about,
            marks=Marks(4, 4, 4),
            words=self.word("an appraisal", both),
        )
        tell_readers(record=judged, about="released")
        self.leaks.ids["appraisal"].append(judged)
        own, other = self.people_of("XAA", desk=True), self.people_of("XAB")

        def sides(reader):
            return own(reader) or other(reader)

        words = [
            self.leaks.word(f"a lesson not agreed, {part}", sides, is_wide=True) for part in ("title", "text")
        ]
        lesson = propose_lesson(
            by=by, deployment=work, body=body, other=about, title=words[0], words=words[1]
        )
        tell_readers(record=lesson, about="released")
        self.leaks.ids["lesson"].append(lesson)

    def given(self, request):
        own, giver = self.people_of("XAA"), self.people_of("XAB", desk=True)

        def sides(reader):
            return own(reader) or giver(reader)

        step = Given(Flow.PLEDGED, Decimal(77), "USD", today(), self.word("a contribution, words", sides))
        contribution = contribute(
            by=self.leaks.desk("XAB"),
            request=request[0],
            body=self.state("XAB"),
            title=self.word("a contribution, title", sides),
            given=step,
        )
        tell_readers(record=contribution, about="released")
        self.leaks.ids["contribution"].append(contribution)
