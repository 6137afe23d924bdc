"""Advice as an exercise is shown with it, told by its demonstration accounts through the room's verbs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import yaml
from django.db import connection

from rtopnet.advice.models import Paper, PaperReference
from rtopnet.advice.services.answering import acknowledge_advice
from rtopnet.advice.services.citing import ask_to_let_travel, cite_record
from rtopnet.advice.services.clearing import circulate_paper
from rtopnet.advice.services.drafting import Frame, add_statement, begin_paper
from rtopnet.advice.services.transmitting import transmit_paper
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.meetings.public import Circle, adopt_due, join_with_reservation, move_story_back
from rtopnet.network.public import (
    RegionPack,
    demonstration_accounts,
    institutions,
    region_by_slug,
    states_of,
)
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    address_record,
    draft_record,
    release_record,
)

FILE = "advice.yaml"
CHAIR, OFFICE, LIAISON = "secretariat", "un-office", "un-liaison"
WRITING = timedelta(days=6)
"""How long the story's papers were drafted before they were circulated."""
Told = Mapping[str, Any]


def tell_advice(pack: RegionPack) -> int:
    """Tell the papers of an exercise's story, all or none and once only; how many there are.

    None are told in a region of real states, where one of its authors has drafted a paper already, and where
    somebody's own account holds one of the posts that act in it.
    """
    file = pack.folder / FILE
    if pack.region.kind != "exercise" or not file.is_file():
        return 0
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        accounts = demonstration_accounts(pack, _cast(story))
        if region is None or accounts is None:
            return 0
        states = {state.iso3: state.id for state in states_of(region.id)}
    if any(_has_papers(accounts[told["by"]]) for told in story["papers"]):
        return 0
    with acting_as(accounts[CHAIR]):
        bodies = {body.key: body.id for body in institutions() if body.state is None}
    teller = _Teller(pack, accounts, states, bodies)
    for told in story["records"]:
        teller.share(told)
    for told in story["papers"]:
        teller.tell(told)
    return len(story["papers"])


def _cast(story: Told) -> set[str]:
    reserving = {post for told in story["papers"] for post in told.get("reservations", {})}
    authors = {told["by"] for told in (*story["records"], *story["papers"])}
    return {CHAIR, LIAISON, *authors, *reserving}


def _has_papers(account: UUID) -> bool:
    with acting_as(account):
        return Paper.objects.exists()


class _Teller:
    """Knows who and what the story's words stand for."""

    def __init__(
        self,
        pack: RegionPack,
        accounts: Mapping[str, UUID],
        states: Mapping[str, UUID],
        bodies: Mapping[str, UUID],
    ) -> None:
        self._accounts, self._states, self._bodies = accounts, states, bodies
        self._of = {post.key: post.of for post in pack.region.posts}
        self._records: dict[str, UUID] = {}

    def share(self, told: Told) -> None:
        """Make a record that papers rest on; with ``office`` it reaches the United Nations office too."""
        by = self._accounts[told["by"]]
        record = draft_record(
            by=by,
            terms=Terms(told["kind"], Marking.GREEN),
            words=Words(told["title"], told["body"]),
            **self._owner(told["by"]),
        )
        office = frozenset({self._bodies[OFFICE]} if told["office"] else ())
        address_record(by=by, record=record, audience=Audience(network=True, institutions=office))
        release_record(by=by, record=record)
        self._records[told["key"]] = record

    def tell(self, told: Told) -> None:
        """Draft a paper and let happen to it what happened."""
        by = self._accounts[told["by"]]
        paper = self._begun(by, told)
        if "ago" not in told:
            self._ask(by, paper)
            return
        procedure = circulate_paper(by=by, record=paper, day=today() + timedelta(days=told["days"]))
        for post, words in told.get("reservations", {}).items():
            join_with_reservation(by=self._accounts[post], procedure=procedure, words=words)
        ago = timedelta(days=told["ago"])
        move_story_back(record=paper, by=ago)
        _move_back(paper, ago + WRITING)
        adopt_due()
        if "acknowledged" in told:
            sent = transmit_paper(by=by, record=paper)
            acknowledge_advice(by=self._accounts[LIAISON], record=sent, words=told["acknowledged"])

    def _begun(self, by: UUID, told: Told) -> UUID:
        circle = Circle(
            chair=self._bodies[CHAIR],
            chair_is_state=False,
            states=frozenset(self._states.values()),
            network=True,
        )
        frame = Frame(
            office=self._bodies[OFFICE],
            circle=circle,
            about=frozenset(self._states[code] for code in told.get("about", ())),
            drafters=frozenset(self._states[code] for code in told.get("drafters", ())),
        )
        paper = begin_paper(
            by=by, form=told["form"], title=told["title"], frame=frame, **self._owner(told["by"])
        )
        for line in told["statements"]:
            rests_on = line.get("rests_on", {})
            made = add_statement(
                by=by,
                record=paper,
                section=line["section"],
                text=line["text"],
                is_own_words=not rests_on,
            )
            for key, shows in rests_on.items():
                cite_record(by=by, statement=made, cited=self._records[key], shows=shows)
        return paper

    def _ask(self, by: UUID, paper: UUID) -> None:
        """Ask for what keeps the draft back."""
        with acting_as(by):
            references = list(PaperReference.objects.filter(record=paper).values_list("pk", flat=True))
        for reference in references:
            ask_to_let_travel(by=by, reference=reference)

    def _owner(self, post: str) -> dict[str, UUID]:
        owner = self._of[post]
        return (
            {"state": self._states[owner]} if owner in self._states else {"institution": self._bodies[owner]}
        )


def _move_back(record: UUID, by: timedelta) -> None:
    with acting_for(Capacity.INSTALLATION):
        values: list[Any] = [record, by]
        with connection.cursor() as cursor:
            cursor.execute("SELECT advice_move_back(%s, %s)", values)
        record_deed(verb="told_as_past", kind="advice.paper", subject=record)
