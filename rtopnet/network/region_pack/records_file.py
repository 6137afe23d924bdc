"""Reads records.yaml: the small story that an exercise region is shown with.

What the platform would refuse (a marking that does not go so far, a network not yet free to read) is a fault
here, so that a region whose pack is sound can be shown.
"""

from yaml.nodes import Node

from rtopnet.network.region_pack import vocabulary
from rtopnet.network.region_pack.entries import Entry
from rtopnet.network.region_pack.faults import FaultBook, quoted
from rtopnet.network.region_pack.pack import Region
from rtopnet.network.region_pack.story import (
    StoryAudience,
    StoryConsultation,
    StoryPart,
    StoryRecord,
    StoryRequest,
)

FILE = "records.yaml"
_WIDEST = {
    "RED": ("posts",),
    "AMBER+STRICT": ("posts", "states", "institutions"),
    "AMBER": ("posts", "states", "institutions"),
    "GREEN": ("posts", "states", "institutions", "network"),
    "CLEAR": ("posts", "states", "institutions", "network", "public"),
}


def records_from(node: Node, *, region: Region, faults: FaultBook) -> tuple[StoryRecord, ...]:
    """The records a document lists, held against the region's states and posts."""
    entry = Entry(node, what="the file", file=FILE, faults=faults)
    if region.kind == "real":
        entry.fault("a region of real states holds nothing invented")
    reader = _Reader(region)
    records = tuple(reader.record(each) for each in entry.entries("records", what="record"))
    entry.close()
    return records


class _Reader:
    def __init__(self, region: Region) -> None:
        self._posts = {post.key: post for post in region.posts}
        self._desks = {post.key for post in region.posts if post.kind in vocabulary.DESKS}
        self._states = {state.iso3 for state in region.states}
        self._bodies = {body.key for body in region.institutions}

    def record(self, entry: Entry) -> StoryRecord:
        marking = entry.choice("marking", vocabulary.MARKINGS)
        record = StoryRecord(
            by=self._desk(entry),
            kind=entry.choice("kind", vocabulary.RECORDS),
            marking=marking,
            title=entry.text("title"),
            body=entry.text("body"),
            to=self._audience(entry, marking),
            parts=tuple(map(self._part, entry.entries("parts", what="part", required=False))),
            consultations=tuple(
                map(self._consultation, entry.entries("consulted", what="state consulted", required=False))
            ),
            requests=tuple(map(self._request, entry.entries("requests", what="request", required=False))),
            existence_only=entry.boolean("existence_only"),
            open_to_contributors=entry.boolean("open_to_contributors"),
            embargo_days=entry.integer("embargo_days", least=1) if entry.has("embargo_days") else 0,
            is_draft=entry.boolean("draft"),
            is_recalled=entry.boolean("recalled"),
            line=entry.line,
        )
        entry.close()
        self._happens(entry, record)
        return record

    def _part(self, entry: Entry) -> StoryPart:
        marking = entry.choice("marking", vocabulary.MARKINGS)
        part = StoryPart(entry.text("label"), entry.text("body"), marking, self._audience(entry, marking))
        entry.close()
        return part

    def _consultation(self, entry: Entry) -> StoryConsultation:
        state = self._known(entry, "state", entry.text("state"), self._states, "a state of this region")
        found = StoryConsultation(state, entry.text("words"), entry.text("reply", required=False))
        entry.close()
        return found

    def _request(self, entry: Entry) -> StoryRequest:
        found = StoryRequest(self._desk(entry), entry.text("reason"))
        entry.close()
        return found

    def _desk(self, entry: Entry) -> str:
        whose = f"a post of kind {', '.join(vocabulary.DESKS)}"
        return self._known(entry, "by", entry.text("by"), self._desks, whose)

    def _audience(self, entry: Entry, marking: str) -> StoryAudience:
        inner = entry.entry("to", required=False)
        if inner is None:
            return StoryAudience()
        found = StoryAudience(
            posts=self._all(inner, "posts", set(self._posts), "a post of this region"),
            states=self._all(inner, "states", self._states, "a state of this region"),
            institutions=self._all(inner, "institutions", self._bodies, "an institution of the region"),
            network=inner.boolean("network"),
            public=inner.boolean("public"),
        )
        inner.close()
        for key in _WIDEST["CLEAR"]:
            if marking and getattr(found, key) and key not in _WIDEST[marking]:
                inner.fault(f"{key} is further than {marking} may go", key=key)
        return found

    def _all(self, entry: Entry, key: str, known: set[str], whose: str) -> tuple[str, ...]:
        return tuple(self._known(entry, key, word, known, whose) for word in entry.texts(key, required=False))

    def _known(self, entry: Entry, key: str, word: str, known: set[str], whose: str) -> str:
        if word and word not in known:
            entry.fault(f"{key} {quoted(word)} is not {whose}", key=key, near=(word, known))
            return ""
        return word

    def _happens(self, entry: Entry, record: StoryRecord) -> None:
        """What happens to a record has to be possible."""
        is_addressed = record.to != StoryAudience() or record.existence_only
        if record.is_draft:
            for key, happened in (("recalled", record.is_recalled), ("requests", record.requests)):
                if happened:
                    entry.fault(f"{key}: a draft is known to nobody else", key=key)
            return
        if not is_addressed:
            entry.fault('the record goes to nobody: it needs "to", "existence_only: true" or "draft: true"')
        if record.requests and (not record.existence_only or record.embargo_days):
            entry.fault("requests: only a record known to exist, and open, can be asked for", key="requests")
        is_wide = record.to.network or record.to.public
        if is_wide and any(not consultation.reply for consultation in record.consultations):
            entry.fault("consulted: a state has not replied, so the record must be a draft", key="consulted")
        owner = self._posts[record.by].of if record.by else ""
        if owner and owner in {consultation.state for consultation in record.consultations}:
            entry.fault(f"consulted: {owner} owns the record itself", key="consulted")
