"""The year of meetings that an exercise is shown with, told by its demonstration accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import yaml

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at, now
from rtopnet.meetings.models import Meeting, Passage
from rtopnet.meetings.queries import minutes_sheet
from rtopnet.meetings.services.actions import Promise, note_progress, promise_action
from rtopnet.meetings.services.agenda import ItemWords, propose_item
from rtopnet.meetings.services.delegations import AnswerWords, DelegateWords, answer_invitation
from rtopnet.meetings.services.meetings import (
    HostWords,
    Invites,
    When,
    keep_host_pack,
    keep_series,
    plan_meeting,
)
from rtopnet.meetings.services.minutes import (
    add_passage,
    begin_minutes,
    close_minutes,
    name_writers,
    save_passage,
)
from rtopnet.network.public import (
    Account,
    RegionPack,
    demonstration_accounts,
    institutions,
    posts_of_account,
    region_by_slug,
    states_of,
)
from rtopnet.sharing.public import Audience, Marking, release_record

FILE = "meetings.yaml"
BEFORE = timedelta(days=20)
Told = Mapping[str, Any]


def tell_meetings(pack: RegionPack) -> int:
    """Hold the meetings of an exercise's story, all or none and once only; how many there were.

    None are held in a region of real states, where its secretariat has meetings already, and where somebody's
    own account holds one of the posts that act in it.
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
    by = accounts[story["series"]["by"]]
    with acting_as(by):
        if Meeting.objects.exists():
            return 0
        bodies = {body.key: body.id for body in institutions() if body.state is None}
    posts = {key: _post_of(account) for key, account in accounts.items()}
    teller = _Teller(pack, _Network(accounts, posts, states, bodies))
    series = teller.begin(story["series"])
    for told in story["meetings"]:
        teller.hold(told, series)
    return len(story["meetings"])


def _cast(told: Any) -> set[str]:
    """Keys of the posts that act, answer for something or write along."""
    if isinstance(told, list):
        return {key for one in told for key in _cast(one)}
    if not isinstance(told, dict):
        return set()
    found = {told[key] for key in ("by", "of") if key in told} | set(told.get("writers", ()))
    if "coming" in told:
        found.add(_focal_point(told["state"]))
    return found | {key for one in told.values() for key in _cast(one)}


def _focal_point(state: str) -> str:
    return f"{state.lower()}-focal-point"


def _post_of(account: UUID) -> UUID:
    with acting_as(account):
        return posts_of_account(Account.objects.get(pk=account), "en")[0].id


@dataclass(frozen=True)
class _Network:
    """What keys and codes of the pack stand for."""

    accounts: Mapping[str, UUID]
    posts: Mapping[str, UUID]
    states: Mapping[str, UUID]
    bodies: Mapping[str, UUID]


class _Teller:
    """Tells one meeting after the other, each at its own time."""

    def __init__(self, pack: RegionPack, network: _Network) -> None:
        self._accounts, self._posts = network.accounts, network.posts
        self._states, self._bodies = network.states, network.bodies
        self._of = {post.key: post.of for post in pack.region.posts}
        self._desk = "secretariat"
        self._now = now()

    def begin(self, told: Told) -> UUID:
        self._desk = told["by"]
        return keep_series(
            by=self._accounts[told["by"]], name=told["name"], rhythm=told["rhythm"], **self._owner(told["by"])
        )

    def hold(self, told: Told, series: UUID) -> None:
        by = self._accounts[self._desk]
        starts_at = self._now.replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(told["days"])
        with clock_at(min(self._now, starts_at - BEFORE)):
            meeting = self._plan(told, series, by, starts_at)
            for answer in told.get("answers", ()):
                self._answer(meeting, answer, told["title"])
            for item in told.get("items", ()):
                self._item(meeting, item)
        if "minutes" in told:
            with clock_at(starts_at + timedelta(hours=told["lasts_hours"])):
                minutes = self._write(meeting, told["minutes"], told["title"])
                self._promise(meeting, minutes, told.get("actions", ()))
                close_minutes(by=by, minutes=minutes)

    def _plan(self, told: Told, series: UUID, by: UUID, starts_at: datetime) -> UUID:
        when = When(
            form=told["form"],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=told["lasts_hours"]),
            zone="Etc/GMT+9",
            place=told["place"],
            join_link=told.get("join_link", ""),
            host_state=self._states[told["host"]],
            chair_state=self._states[told["chair"]] if "chair" in told else None,
        )
        invites = Invites(told["title"], told["body"], Marking.GREEN, Audience(network=True))
        owner = self._owner(self._desk)
        record = plan_meeting(
            by=by, when=when, invites=invites, series=series, number=told["number"], **owner
        )
        release_record(by=by, record=record)
        if "host_pack" in told:
            keep_host_pack(by=by, meeting=record, words=HostWords(**told["host_pack"]))
        return record

    def _answer(self, meeting: UUID, told: Told, title: str) -> None:
        post = _focal_point(told["state"])
        people = tuple(DelegateWords(**person) for person in told.get("delegates", ()))
        words = AnswerWords(told["coming"], f"Answer to “{title}”", "", people)
        state = self._states[told["state"]]
        answer_invitation(by=self._accounts[post], meeting=meeting, state=state, answer=words)

    def _item(self, meeting: UUID, told: Told) -> None:
        audience = self._audience(told["to"])
        by = self._accounts[told["by"]]
        item = propose_item(
            by=by,
            meeting=meeting,
            words=ItemWords(told["title"], told["body"], told["minutes"], told["kind"]),
            marking=Marking.GREEN if audience.network else Marking.AMBER_STRICT,
            audience=audience,
            **self._owner(told["by"]),
        )
        if not told.get("draft"):
            release_record(by=by, record=item)

    def _write(self, meeting: UUID, told: Told, title: str) -> UUID:
        by = self._accounts[self._desk]
        minutes = begin_minutes(
            by=by, meeting=meeting, title=f"Minutes of “{title}”", body=told.get("body", "")
        )
        writers = [self._accounts[post] for post in told.get("writers", ())]
        if writers:
            name_writers(by=by, minutes=minutes, accounts=writers)
        for passage in told["passages"]:
            self._say(minutes, passage)
        return minutes

    def _say(self, minutes: UUID, told: Told) -> None:
        by = self._accounts[told["by"]]
        with acting_as(by):
            sheet = minutes_sheet(minutes)
        if sheet is None:
            raise LookupError(f"{told['by']} does not write these minutes")
        passage = next((line.id for line in sheet.passages if line.heading == told["item"]), None)
        if passage is None:
            item = next(item for item, title in sheet.open_items if title == told["item"])
            passage = add_passage(by=by, minutes=minutes, item=item)
        save_passage(by=by, passage=passage, base=1, text=told["text"])

    def _promise(self, meeting: UUID, minutes: UUID, several: Any) -> None:
        for told in several:
            by = self._accounts[told["by"]]
            with acting_as(by):
                rows = Passage.objects.filter(record=minutes, text__contains=told["line"])
                passage = rows.values_list("pk", flat=True).first()
            due = (self._now + timedelta(days=told["due_days"])).date()
            action = promise_action(
                by=by,
                promise=Promise(told["title"], "", self._posts[told["of"]], due),
                marking=Marking.GREEN,
                audience=self._audience(told["to"]),
                meeting=meeting,
                passage=passage,
                **self._owner(told["by"]),
            )
            release_record(by=by, record=action)
            for note in told.get("notes", ()):
                note_progress(
                    by=self._accounts[note["by"]], action=action, became=note["became"], text=note["text"]
                )

    def _owner(self, post: str) -> dict[str, UUID]:
        of = self._of[post]
        return {"state": self._states[of]} if of in self._states else {"institution": self._bodies[of]}

    def _audience(self, named: Told) -> Audience:
        return Audience(
            states=frozenset(self._states[code] for code in named.get("states", ())),
            network=named.get("network", False),
        )
