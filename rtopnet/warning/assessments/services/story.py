"""Assessments as an exercise is shown with them, told by its demonstration accounts."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import yaml

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now, today
from rtopnet.network.public import (
    RegionPack,
    demonstration_accounts,
    desks_held,
    region_by_slug,
    states_of,
)
from rtopnet.sharing.public import Audience, Marking, address_record
from rtopnet.warning.assessments.models import Assessment
from rtopnet.warning.assessments.rules.scale import Confidence, Presence, Trend
from rtopnet.warning.assessments.services.concluding import conclude_assessment
from rtopnet.warning.assessments.services.preparing import Scope, draft_assessment, open_scoring
from rtopnet.warning.assessments.services.revealing import (
    comment_on,
    keep_minority_view,
    open_second_round,
    reveal_scores,
)
from rtopnet.warning.assessments.services.scoring import Scored, hand_in, save_score, take_over_first

FILE = "assessments.yaml"
Told = Mapping[str, Any]
_TRENDS = {"+": Trend.WORSENING, "=": Trend.STEADY, "-": Trend.EASING}
_CONFIDENCE = {"l": Confidence.LOW, "h": Confidence.HIGH}


def tell_assessments(pack: RegionPack) -> int:
    """Make the assessments of an exercise's story, once only; how many were made.

    None are made in a region of real states, where its authors have made one already, and where somebody's
    own account holds one of the posts that act in it.
    """
    file = pack.folder / FILE
    if pack.region.kind != "exercise" or not file.is_file():
        return 0
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        cast = {post.key: post for post in pack.region.posts if post.kind in {"focal_point", "analyst"}}
        accounts = demonstration_accounts(pack, cast)
        if region is None or accounts is None:
            return 0
        # States act by their focal points, and are called by their codes.
        names = {post.of if post.kind == "focal_point" else key: accounts[key] for key, post in cast.items()}
        states = {state.iso3: state.id for state in states_of(region.id)}
        if any(_has_judged(account) for account in names.values()):
            return 0
        for one in story["assessments"]:
            _Teller(story["findings"], names, states).tell(one)
        return len(story["assessments"])


def _has_judged(account: UUID) -> bool:
    with acting_as(account):
        return Assessment.objects.exists()


class _Teller:
    """Knows who and what the story's words stand for: states by codes, others by their posts."""

    def __init__(self, findings: Told, accounts: Mapping[str, UUID], states: Mapping[str, UUID]) -> None:
        self._findings, self._accounts, self._states = findings, accounts, states

    def tell(self, told: Told) -> None:
        by = self._accounts[told["by"]]
        record = draft_assessment(
            by=by, owner=self._owner(by, told), scope=self._scope(told), marking=Marking.AMBER
        )
        open_scoring(by=by, record=record)
        self._score(record, told)
        if told.get("open"):
            return
        reveal_scores(by=by, record=record)
        for one in told.get("comments", []):
            comment_on(
                by=self._accounts[one["by"]],
                record=record,
                words=one["words"],
                code=str(one.get("factor", "")),
            )
        if "second" in told:
            self._score_again(by, record, told)
        for one in told.get("minority", []):
            keep_minority_view(by=self._accounts[one["by"]], record=record, words=one["words"])
        conclude_assessment(by=by, record=record, words=told["conclusion"])
        readers = frozenset(self._states[code] for code in told["share"])
        address_record(by=by, record=record, audience=Audience(states=readers))

    def _owner(self, by: UUID, told: Told) -> UUID:
        if told["owner"] in self._states:
            return self._states[told["owner"]]
        with acting_as(by):
            return next(body.id for body in desks_held(by) if not body.is_state)

    def _scope(self, told: Told) -> Scope:
        first, last = told["period"]
        return Scope(
            title=told["title"],
            body=told["body"].strip(),
            state=self._states[told["state"]],
            place=told.get("place", ""),
            starts_on=today() + timedelta(days=first),
            ends_on=today() + timedelta(days=last),
            closes_at=_evening(told.get("closes", 7)),
            assessors=[self._accounts[one] for one in told["assessors"]],
        )

    def _score(self, record: UUID, told: Told) -> None:
        for who, line in {**told["scores"], **told.get("begun", {})}.items():
            for number, word in enumerate(line.split(), start=1):
                self._say(record, told, who, str(number), word)
            if who in told["scores"]:
                hand_in(by=self._accounts[who], record=record)

    def _score_again(self, by: UUID, record: UUID, told: Told) -> None:
        open_second_round(by=by, record=record, closes_at=_evening(3))
        for who in told["assessors"]:
            take_over_first(by=self._accounts[who], record=record)
            for code, word in told["second"]["changed"].get(who, {}).items():
                self._say(record, told, who, code, word)
            hand_in(by=self._accounts[who], record=record)
        reveal_scores(by=by, record=record)

    def _say(self, record: UUID, told: Told, who: str, code: str, word: str) -> None:
        finding = self._findings[code]
        own = told.get("words", {}).get(who, {}).get(code)
        marks = {
            sign: Presence(step)
            for sign, step in told.get("marks", {}).get(who, {}).items()
            if sign.split(".")[0] == code
        }
        scored = Scored(
            presence=Presence(int(word[0])),
            trend=_TRENDS[word[1]],
            confidence=_CONFIDENCE.get(word[2:], Confidence.MEDIUM),
            reason=own or finding["reason"],
            contrary=finding.get("against", ""),
            found_no_contrary="against" not in finding,
            marks=marks,
        )
        save_score(by=self._accounts[who], record=record, code=code, scored=scored)


def _evening(days: int) -> datetime:
    return datetime.combine(today() + timedelta(days=days + 1), time.min, tzinfo=now().tzinfo)
