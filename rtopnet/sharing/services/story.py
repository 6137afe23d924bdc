"""The story that an exercise is shown with, told by its demonstration accounts through the room's verbs."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.public import (
    RegionPack,
    StoryAudience,
    StoryPart,
    StoryRecord,
    demonstration_accounts,
    institutions,
    region_by_slug,
    states_of,
)
from rtopnet.sharing.models import Consultation
from rtopnet.sharing.queries import database_now, records_in_sight
from rtopnet.sharing.rules import Audience, Marking
from rtopnet.sharing.services.consulting import consult_state, name_concerned, reply_as_concerned
from rtopnet.sharing.services.drafting import draft_record
from rtopnet.sharing.services.releasing import address_record, recall_record, release_record
from rtopnet.sharing.services.requests import request_release
from rtopnet.sharing.services.words import PartWords, Terms, Words


def tell_story(pack: RegionPack) -> int:
    """Make the records of an exercise's story, all or none and once only; how many were made.

    None are made in a region of real states, where its authors have records already, and where somebody's
    own account holds one of the posts that act in it.
    """
    if pack.region.kind != "exercise" or not pack.story:
        return 0
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        accounts = demonstration_accounts(pack, _cast(pack))
        if region is None or accounts is None:
            return 0
        authors = {accounts[record.by] for record in pack.story}
        if any(_has_records(author) for author in authors):
            return 0
        bodies = {state.iso3: state.id for state in states_of(region.id)} | _bodies(next(iter(authors)))
        teller = _Teller(pack, accounts, bodies)
        for record in pack.story:
            teller.tell(record)
        return len(pack.story)


def _cast(pack: RegionPack) -> set[str]:
    """Keys of the posts whose holders act or are addressed."""
    replying = {asked.state for record in pack.story for asked in record.consultations if asked.reply}
    acting = {post for record in pack.story for post in record.posts}
    return acting | {_focal_point(pack, state) for state in replying}


def _focal_point(pack: RegionPack, state: str) -> str:
    return next(post.key for post in pack.region.posts if post.kind == "focal_point" and post.of == state)


def _has_records(account: UUID) -> bool:
    with acting_as(account):
        return bool(records_in_sight(limit=1, whose="own").records)


def _bodies(account: UUID) -> dict[str, UUID]:
    with acting_as(account):
        return {body.key: body.id for body in institutions() if body.state is None}


class _Teller:
    """Knows who and what the story's words stand for."""

    def __init__(self, pack: RegionPack, accounts: Mapping[str, UUID], bodies: Mapping[str, UUID]) -> None:
        self._pack, self._accounts, self._bodies = pack, accounts, bodies
        self._of = {post.key: post.of for post in pack.region.posts}

    def tell(self, told: StoryRecord) -> None:
        by = self._accounts[told.by]
        record = self._draft(told, by)
        address_record(by=by, record=record, audience=self._audience(told.to))
        self._consult(told, by, record)
        if told.is_draft:
            return
        release_record(by=by, record=record)
        for request in told.requests:
            request_release(by=self._accounts[request.by], record=record, reason=request.reason)
        if told.is_recalled:
            recall_record(by=by, record=record)

    def _draft(self, told: StoryRecord, by: UUID) -> UUID:
        opens = database_now() + timedelta(days=told.embargo_days) if told.embargo_days else None
        terms = Terms(
            told.kind,
            _marking(told.marking),
            existence_only=told.existence_only,
            open_to_contributors=told.open_to_contributors,
            embargo_until=opens,
        )
        words = Words(told.title, told.body, tuple(map(self._part, told.parts)))
        owner = self._of[told.by]
        is_state = owner in {state.iso3 for state in self._pack.region.states}
        owners = {"state" if is_state else "institution": self._bodies[owner]}
        return draft_record(by=by, terms=terms, words=words, **owners)

    def _part(self, part: StoryPart) -> PartWords:
        return PartWords(part.label, part.body, _marking(part.marking), self._audience(part.to))

    def _consult(self, told: StoryRecord, by: UUID, record: UUID) -> None:
        if not told.consultations:
            return
        concerned = frozenset(self._ids(asked.state for asked in told.consultations))
        name_concerned(by=by, record=record, states=concerned)
        for asked in told.consultations:
            state = self._bodies[asked.state]
            consult_state(by=by, record=record, state=state, words=asked.words)
            if asked.reply:
                self._reply(record, asked.state, asked.reply)

    def _reply(self, record: UUID, state: str, words: str) -> None:
        by = self._accounts[_focal_point(self._pack, state)]
        with acting_as(by):
            asked = Consultation.objects.get(record=record, state=self._bodies[state])
        reply_as_concerned(by=by, consultation=asked.pk, body=words)

    def _audience(self, named: StoryAudience) -> Audience:
        return Audience(
            persons=frozenset(self._accounts[post] for post in named.posts),
            states=frozenset(self._ids(named.states)),
            institutions=frozenset(self._ids(named.institutions)),
            network=named.network,
            public=named.public,
        )

    def _ids(self, bodies: Iterable[str]) -> Iterable[UUID]:
        return (self._bodies[body] for body in bodies)


def _marking(word: str) -> Marking:
    return Marking[word.replace("+", "_")]
