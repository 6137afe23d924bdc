"""What an exercise's network has decided, told by its demonstration accounts through the room's verbs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import yaml

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.meetings.models import Procedure, WorkingText
from rtopnet.meetings.rules import Deed
from rtopnet.meetings.services.proposals import Circle, circulate_proposal, draft_proposal, write_proposal
from rtopnet.meetings.services.silence import (
    add_statement,
    ask_for_more_time,
    break_silence,
    comment_on_round,
    join_with_reservation,
)
from rtopnet.meetings.services.silence_ends import adopt_due, move_story_back
from rtopnet.network.public import (
    RegionPack,
    demonstration_accounts,
    institutions,
    region_by_slug,
    states_of,
)

FILE = "decisions.yaml"
CHAIR = "secretariat"
Told = Mapping[str, Any]
_VERBS = {
    Deed.BREAK: lambda by, procedure, words: break_silence(by=by, procedure=procedure, reason=words),
    Deed.EXTENSION: lambda by, procedure, words: ask_for_more_time(by=by, procedure=procedure, reason=words),
    Deed.RESERVATION: lambda by, procedure, words: join_with_reservation(
        by=by, procedure=procedure, words=words
    ),
    Deed.COMMENT: lambda by, procedure, words: comment_on_round(by=by, procedure=procedure, words=words),
}


def tell_decisions(pack: RegionPack) -> int:
    """Tell the decisions of an exercise's story, all or none and once only; how many texts there are.

    None are told in a region of real states, where one of its authors drafts or has circulated already, and
    where somebody's own account holds one of the posts that act in it.
    """
    file = pack.folder / FILE
    if pack.region.kind != "exercise" or not file.is_file():
        return 0
    story = yaml.safe_load(file.read_text(encoding="utf-8"))["decisions"]
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        accounts = demonstration_accounts(pack, _cast(story))
        if region is None or accounts is None:
            return 0
        states = {state.iso3: state.id for state in states_of(region.id)}
    if any(_has_texts(accounts[told["by"]]) for told in story):
        return 0
    with acting_as(accounts[CHAIR]):
        bodies = {body.key: body.id for body in institutions() if body.state is None}
    teller = _Teller(pack, accounts, states, bodies)
    # The longest ago first, as it was adopted first.
    for told in story:
        teller.tell(told)
    return len(story)


def _cast(story: list[Told]) -> set[str]:
    acts = [act["by"] for told in story for a_round in told.get("rounds", []) for act in a_round["acts"]]
    return {CHAIR, *(told["by"] for told in story), *acts}


def _has_texts(account: UUID) -> bool:
    with acting_as(account):
        return Procedure.objects.exists() or WorkingText.objects.exists()


class _Teller:
    """Knows who and what the story's words stand for."""

    def __init__(
        self,
        pack: RegionPack,
        accounts: Mapping[str, UUID],
        states: Mapping[str, UUID],
        bodies: Mapping[str, UUID],
    ) -> None:
        self._accounts, self._states, self._chair = accounts, states, bodies[CHAIR]
        self._of = {post.key: post.of for post in pack.region.posts}

    def tell(self, told: Told) -> None:
        """Draft a text, put it through its rounds, and let the time pass that has passed."""
        by, owner = self._accounts[told["by"]], self._of[told["by"]]
        rounds = told.get("rounds", [])
        record = draft_proposal(
            by=by,
            title=told["title"],
            body=rounds[0]["body"] if rounds else told["body"],
            drafters=frozenset(self._states[state] for state in told.get("drafters", [])),
            state=self._states.get(owner),
            institution=None if owner in self._states else self._chair,
        )
        procedure = None
        for number, a_round in enumerate(rounds):
            if number:
                write_proposal(by=by, record=record, title=told["title"], body=a_round["body"])
            procedure = self._round(by, record, a_round)
            following = rounds[number + 1].get("ago", 0) if number + 1 < len(rounds) else 0
            move_story_back(record=record, by=timedelta(days=max(a_round.get("ago", 0) - following, 0)))
        if procedure is not None and "statement" in told:
            adopt_due()
            add_statement(by=self._accounts[CHAIR], procedure=procedure, words=told["statement"])

    def _round(self, by: UUID, record: UUID, told: Told) -> UUID:
        everybody = told["to"] == "network"
        states = self._states.values() if everybody else (self._states[state] for state in told["to"])
        procedure = circulate_proposal(
            by=by,
            record=record,
            circle=Circle(
                chair=self._chair, chair_is_state=False, states=frozenset(states), network=everybody
            ),
            day=today() + timedelta(days=told["days"]),
        )
        for act in told["acts"]:
            _VERBS[Deed(act["deed"])](self._accounts[act["by"]], procedure, act.get("words", ""))
        return procedure
