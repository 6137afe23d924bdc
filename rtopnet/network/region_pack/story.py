"""The story of an exercise as plain values: records that its states hold when it is first shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoryAudience:
    """To whom something goes: keys of posts, ISO3 codes, keys of the region's institutions."""

    posts: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    network: bool = False
    public: bool = False


@dataclass(frozen=True)
class StoryPart:
    """A part of a record that fewer read."""

    label: str
    body: str
    marking: str
    to: StoryAudience


@dataclass(frozen=True)
class StoryConsultation:
    """A state concerned is told; ``reply`` is empty where its answer still waits."""

    state: str
    words: str
    reply: str


@dataclass(frozen=True)
class StoryRequest:
    """The holder of a post asks to read the record; its answer waits."""

    by: str
    reason: str


@dataclass(frozen=True)
class StoryRecord:
    """A record, how it is shared and what happened to it since.

    Attributes:
        by: the post that writes it; its state or institution owns it.
        embargo_days: days until it opens; 0 for none.
        is_draft: it is not shared yet.
        is_recalled: it was shared and taken back.
        line: where it stands in records.yaml.
    """

    by: str
    kind: str
    marking: str
    title: str
    body: str
    to: StoryAudience
    parts: tuple[StoryPart, ...] = ()
    consultations: tuple[StoryConsultation, ...] = ()
    requests: tuple[StoryRequest, ...] = ()
    existence_only: bool = False
    open_to_contributors: bool = False
    embargo_days: int = 0
    is_draft: bool = False
    is_recalled: bool = False
    line: int = 1

    @property
    def posts(self) -> frozenset[str]:
        """Keys of the posts that act in it or are addressed, but for replies."""
        named = {post for audience in (self.to, *(part.to for part in self.parts)) for post in audience.posts}
        return frozenset({self.by, *named, *(request.by for request in self.requests)})
