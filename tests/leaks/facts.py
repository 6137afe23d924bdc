"""A world of six states in which every private fact is a word found nowhere else, and who may read it.

Each room plants its own facts in a file of its own here, ``facts_ROOM.py``, with a function
``plant(leaks)``: for each private thing ``leaks.word(...)`` gives the word to write, and
``leaks.ids["name"]`` says by which ids the routes that ask for ``name`` are visited.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account, Institution, State
from rtopnet.sharing.rules import Envelope, Part, Reader, Role
from tests.factories import make_region
from tests.network.push_services import Browser
from tests.sharing.worlds import World, take_seat

STATES = ("XAA", "XAB", "XAC", "XAD", "XAE", "XAF")
BODIES = {"secretariat": None, "observatory": None, "un_office": None, "ministry": "XAA"}
FIRST = ("facts_network", "facts_sharing")
"""Who is told stands before what they are told, and records before whatever points at them."""
Allowed = Callable[[Reader | None], bool]


@dataclass(frozen=True)
class Fact:
    """A word that stands for something private."""

    word: str
    what: str
    allowed: Allowed
    is_wide: bool = False
    """GREEN or CLEAR: a mail to somebody allowed may carry it."""


@dataclass
class LeakWorld:
    """The states, who holds which post, every fact, and by which ids routes are visited."""

    world: World = field(default_factory=World)
    facts: list[Fact] = field(default_factory=list)
    ids: dict[str, list[object]] = field(default_factory=dict)
    tokens: dict[UUID, str] = field(default_factory=dict)
    browsers: dict[UUID, Browser] = field(default_factory=dict)
    envelopes: dict[UUID, Envelope] = field(default_factory=dict)
    parts: dict[UUID, list[Part]] = field(default_factory=dict)
    fates: dict[str, UUID] = field(default_factory=dict)
    """The records of the first state, by what became of them."""

    def word(self, what: str, allowed: Allowed, *, is_wide: bool = False) -> str:
        """A new word that stands for a fact."""
        word = f"zq{secrets.token_hex(6)}"
        self.facts.append(Fact(word, what, allowed, is_wide))
        return word

    def desk(self, code: str) -> UUID:
        """The focal point of a state, or the first holder of an institution."""
        return self.world.scribe(code).account


def build() -> LeakWorld:
    """The people, then what every room has of private facts."""
    leaks = LeakWorld()
    _people(leaks)
    for name in rooms():
        import_module(f"tests.leaks.{name}").plant(leaks)
    return leaks


def rooms() -> list[str]:
    """The files of facts, one a room, in the order in which they are planted."""
    found = {file.stem for file in Path(__file__).parent.glob("facts_*.py")}
    return [*FIRST, *sorted(found - {*FIRST})]


def _people(leaks: LeakWorld) -> None:
    world = leaks.world
    for slug, codes in (("reef", STATES), ("ridge", ("XBA",))):
        world.regions[slug] = make_region(slug, states=codes)
    with acting_for(Capacity.INSTALLATION):
        world.states = {state.iso3: state for state in State.objects.select_related("region")}
        reef = world.regions["reef"]
        for key, code in BODIES.items():
            world.bodies[key] = Institution.objects.create(
                region=reef, state=world.states.get(code), key=key, names={"en": key}, kind=key
            )
        record_deed(verb="made", kind="network.region", subject=reef.pk, region=reef.pk)
    for code in (*STATES, "XBA"):
        for role in (Role.FOCAL_POINT, Role.DEPUTY, Role.CONTRIBUTOR):
            take_seat(world, role, code)
    take_seat(world, Role.DEPUTY, "XAA", body="ministry")
    for role, body in (
        (Role.SECRETARIAT, "secretariat"),
        (Role.ANALYST, "observatory"),
        (Role.UN_LIAISON, "un_office"),
        (Role.TRAINER, "secretariat"),
        (Role.OPERATOR, "secretariat"),
    ):
        take_seat(world, role, body=body)
    with acting_for(Capacity.INSTALLATION):
        for account in Account.objects.all():
            home = account.region_id
            name = leaks.word("a name", lambda reader, home=home: bool(reader and reader.region == home))
            Account.objects.filter(pk=account.pk).update(name=name)
        record_deed(verb="named", kind="network.account", subject=reef.pk)
    take_seat(world, Role.CONTRIBUTOR, "XAB", ends=timedelta(0))
