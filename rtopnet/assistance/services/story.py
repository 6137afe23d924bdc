"""Assistance as an exercise is shown with it, told by its demonstration accounts through the room's verbs."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import yaml

from rtopnet.assistance.models import OfferLine, Participant, Request
from rtopnet.assistance.rules.fit import Held
from rtopnet.assistance.rules.words import Aid, Area, Flow, Form, Pillar
from rtopnet.assistance.services.appraising import (
    Marks,
    answer_lesson,
    appraise,
    propose_lesson,
    share_lesson,
)
from rtopnet.assistance.services.contributions import Given, add_step, contribute
from rtopnet.assistance.services.deployments import (
    Setting,
    answer_consent,
    ask_consent,
    begin_deployment,
    complete_request,
    confirm_participant,
    end_deployment,
    report_on_deployment,
    send_deployment,
    set_duty_done,
    set_up_deployment,
)
from rtopnet.assistance.services.offers import (
    OnOffer,
    accept_offer,
    decline_offer,
    draft_offer,
    send_offer,
)
from rtopnet.assistance.services.requests import (
    Asking,
    Wish,
    add_need,
    address_request,
    circulate_request,
    draft_request,
    send_regret,
    submit_request,
    withdraw_request,
)
from rtopnet.assistance.services.roster import OnRoster, keep_entry
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.network.public import RegionPack, demonstration_accounts, region_by_slug, states_of
from rtopnet.sharing.public import Audience, Marking

FILE = "assistance.yaml"
Told = Mapping[str, Any]


def tell_assistance_story(pack: RegionPack) -> int:
    """Make the roster and the requests of an exercise's story, once only; how many requests were made.

    None are made in a region of real states, where its authors have asked for something already, and where
    somebody's own account holds one of the posts that act in it.
    """
    file = pack.folder / FILE
    if pack.region.kind != "exercise" or not file.is_file():
        return 0
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        cast = {post.key for post in pack.region.posts if post.kind == "focal_point"}
        accounts = demonstration_accounts(pack, cast)
        if region is None or accounts is None:
            return 0
        desks = {post.of: accounts[post.key] for post in pack.region.posts if post.key in cast}
        if any(_has_asked(desk) for desk in desks.values()):
            return 0
        states = {state.iso3: state.id for state in states_of(region.id)}
        teller = _Teller(region.id, states, desks)
        for entry in story["roster"]:
            teller.keep(entry)
        for request in story["requests"]:
            teller.ask(request)
        return len(story["requests"])


def _has_asked(account: UUID) -> bool:
    with acting_as(account):
        return Request.objects.exists()


class _Teller:
    """Knows who and what the story's words stand for: states by codes, roster entries by posts."""

    def __init__(self, region: UUID, states: Mapping[str, UUID], desks: Mapping[str, UUID]) -> None:
        self._region, self._states, self._desks = region, states, desks
        self._entries: dict[str, UUID] = {}

    def keep(self, told: Told) -> None:
        state = told["of"]
        entry = OnRoster(
            post_title=told["post"],
            aid=Aid(told.get("aid", "experts")),
            skills={code: Held(level) for code, level in told.get("skills", {}).items()},
            languages=told.get("languages", []),
            experience_years=told.get("years", 0),
            number=told.get("number", 1),
            periods=[(_day(first), _day(last)) for first, last in told.get("available", [])],
            clearances={name: _day(days) for name, days in told.get("clearances", {}).items()},
            notes=told.get("notes", ""),
        )
        self._entries[told["post"]] = keep_entry(
            by=self._desks[state], body=self._states[state], region=self._region, entry=entry
        )

    def ask(self, told: Told) -> None:
        by = self._desks[told["by"]]
        asking = Asking(told["title"], told["body"], told.get("conditions", ""), _day(told.get("by_day", 14)))
        request = draft_request(
            by=by,
            state=self._states[told["by"]],
            asking=asking,
            marking=_marking(told.get("marking", "AMBER")),
        )
        needs = [add_need(by=by, record=request, wish=_wish(need)) for need in told["needs"]]
        if "to" not in told:
            return
        submit_request(by=by, record=request)
        audience = Audience(states=frozenset(self._states[state] for state in told["to"]))
        address_request(by=by, record=request, audience=audience)
        circulate_request(by=by, record=request)
        for given in told.get("contributions", []):
            self._contribute(request, given)
        for state, words in told.get("regrets", {}).items():
            send_regret(by=self._desks[state], record=request, body=self._states[state], words=words)
        accepted = [
            line for offer in told.get("offers", []) for line in self._offer(by, request, needs, offer)
        ]
        if "deployment" in told:
            self._deploy(told["by"], request, accepted, told["deployment"])
        if told.get("completed"):
            self._complete(told, request)
        if "withdrawn" in told:
            withdraw_request(by=by, record=request, words=told["withdrawn"])

    def _offer(self, by: UUID, request: UUID, needs: list[UUID], told: Told) -> list[UUID]:
        """Make an offer and have it answered; the lines that were accepted."""
        sender = self._desks[told["by"]]
        offer = draft_offer(
            by=sender,
            request=request,
            body=self._states[told["by"]],
            valid_until=_day(told.get("valid_days", 30)),
            conditions=told.get("conditions", ""),
            lines=[self._line(needs, line) for line in told["lines"]],
        )
        send_offer(by=sender, offer=offer)
        if "declined" in told:
            decline_offer(by=by, offer=offer, words=told["declined"])
        if "accepted" not in told:
            return []
        with acting_as(by):
            lines = dict(OfferLine.objects.filter(record_id=offer).values_list("post_title", "pk"))
        accepted = {lines[post]: number for post, number in told["accepted"].items()}
        accept_offer(by=by, offer=offer, accepted=accepted, words=told.get("words", ""))
        return [line for line, number in accepted.items() if number]

    def _line(self, needs: list[UUID], told: Told) -> OnOffer:
        return OnOffer(
            need=needs[told["need"]],
            aid=Aid(told.get("aid", "experts")),
            number=told.get("number", 1),
            starts_on=_day(told["from"]),
            ends_on=_day(told["until"]),
            entry=self._entries[told["post"]] if "post" in told else None,
            words=told.get("words", ""),
        )

    def _deploy(self, host: str, request: UUID, lines: list[UUID], told: Told) -> None:
        by = self._desks[host]
        setting = Setting(
            told["title"],
            told["terms"],
            _day(told["from"]),
            _day(told["until"]),
            told["place"],
            told["contacts"],
        )
        work = set_up_deployment(by=by, request=request, setting=setting, lines=lines)
        send_deployment(by=by, deployment=work)
        with acting_as(by):
            sent = list(Participant.objects.filter(record_id=work).values_list("pk", "body", "entry"))
        for participant, body, entry in sent:
            self._confirm(work, participant, body, entry, told["title"])
        for state, item in told.get("duty", []):
            set_duty_done(
                by=self._desks[state], deployment=work, body=self._states[state], item=item, done=True
            )
        begin_deployment(by=by, deployment=work)
        for report in told.get("reports", []):
            state = report["by"]
            report_on_deployment(
                by=self._desks[state],
                deployment=work,
                body=self._states[state],
                happened_on=_day(report["day"]),
                words=report["words"],
            )
        if "ended" in told:
            end_deployment(by=by, deployment=work, words=told["ended"])
        self._work = work

    def _confirm(self, work: UUID, participant: UUID, body: UUID, entry: UUID | None, title: str) -> None:
        code = next(iso3 for iso3, state in self._states.items() if state == body)
        sender = self._desks[code]
        if entry is not None:
            consent = ask_consent(by=sender, deployment=work, entry=entry, words=title)
            answer_consent(by=sender, consent=consent, given=True, note="Agreed in writing.")
        confirm_participant(by=sender, participant=participant)

    def _complete(self, told: Told, request: UUID) -> None:
        complete_request(by=self._desks[told["by"]], record=request)
        for one in told.get("appraisals", []):
            appraise(
                by=self._desks[one["by"]],
                deployment=self._work,
                body=self._states[one["by"]],
                about=self._states[one["about"]],
                marks=Marks(*one["marks"]),
                words=one["words"],
            )
        if "lesson" in told:
            self._learn(told["lesson"])

    def _learn(self, told: Told) -> None:
        by, other = told["by"], told["with"]
        lesson = propose_lesson(
            by=self._desks[by],
            deployment=self._work,
            body=self._states[by],
            other=self._states[other],
            title=told["title"],
            words=told["words"],
        )
        answer_lesson(by=self._desks[other], lesson=lesson, agreed=True, words=told["answer"])
        share_lesson(by=self._desks[by], lesson=lesson)

    def _contribute(self, request: UUID, told: Told) -> None:
        steps = [
            Given(
                Flow(step["flow"]),
                Decimal(step["amount"]),
                told["currency"],
                _day(step.get("day", 0)),
                step.get("words", ""),
            )
            for step in told["steps"]
        ]
        by = self._desks[told["by"]]
        contribution = contribute(
            by=by,
            request=request,
            body=self._states[told["by"]],
            title=told["title"],
            given=steps[0],
            marking=_marking(told.get("marking", "AMBER")),
        )
        for step in steps[1:]:
            add_step(by=by, contribution=contribution, given=step)


def _wish(told: Told) -> Wish:
    pillar = Pillar(told.get("pillar", 2))
    return Wish(
        what=told["what"],
        area=Area(told["area"]),
        pillar=pillar,
        form=Form(told.get("form", "capacity")) if pillar is Pillar.HELP else None,
        starts_on=_day(told["from"]),
        ends_on=_day(told["until"]),
        skills=told.get("skills", []),
        level=told.get("level", 1),
        languages=told.get("languages", []),
        number=told.get("number", 1),
        place=told.get("place", ""),
        budget=Decimal(told["budget"]) if "budget" in told else None,
        currency=told.get("currency", ""),
    )


def _day(days: int) -> date:
    """A day so many days from the one on which the story is told."""
    return today() + timedelta(days=days)


def _marking(word: str) -> Marking:
    return Marking[word.replace("+", "_")]
