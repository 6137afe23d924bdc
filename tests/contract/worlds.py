"""A network whose records stand at every stage, with the tokens of all who have to do with them."""

from dataclasses import dataclass, field
from uuid import UUID

from rtopnet.advice.public import acknowledge_advice
from rtopnet.kernel.acting import acting_as
from rtopnet.network.public import Scope, make_token
from rtopnet.sharing import public as records
from tests.advice.papers import transmitted, with_office
from tests.sharing.worlds import consult, make_group, make_part, make_record, make_world, take_back


@dataclass
class Scene:
    """Who calls, by role; ids that paths and bodies may name; the ETag of the draft; calls let through."""

    secrets: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    tag: str = ""
    own: UUID | None = None
    fitting: dict[str, dict[str, UUID | int]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)


def _transmitted(world):
    """Advice that waits for an acknowledgement, and for an answer, by who sits in the office as well."""
    with_office(world, account=world.scribe("XAB").account)
    sent = [transmitted(world, "XAA", "XAB", title=title)[1] for title in ("One", "Another")]
    acknowledge_advice(by=world.scribe("XAB").account, record=sent[1])
    return sent


def make_scene():
    world, scene = make_world(), Scene()
    owner, stranger = world.scribe("XAA").account, world.scribe("XAC").account
    addressed = records.Audience(states=frozenset({world.states["XAB"].pk}))
    made = {
        name: make_record(world, "XAA", audience=addressed)[0]
        for name in ("draft", "ready", "parts", "open", "known", "recalled", "withdrawn", "concerned")
    }
    made["wide"], _ = make_record(
        world, "XAA", marking=records.Marking.GREEN, audience=records.Audience(network=True)
    )
    made["elsewhere"], _ = make_record(world, "XBA")
    make_part(world, "XAA", made["parts"], marking=records.Marking.AMBER, audience=addressed)
    take_back(world, "XAA", made["parts"], 1)
    consult(world, "XAA", made["concerned"], "XAC", told=False)
    told = consult(world, "XAA", made["draft"], "XAC")
    rows = {name: record.pk for name, record in made.items()}
    group = make_group(world, "XAA")
    for name in ("open", "known", "recalled", "withdrawn", "wide", "parts"):
        records.release_record(by=owner, record=rows[name])
    with acting_as(owner):
        scene.tag = f'"{records.record_in_full(rows["draft"]).version.tag}"'
    asked = records.request_release(by=stranger, record=rows["wide"], reason="Our shore is next.")
    records.recall_record(by=owner, record=rows["recalled"])
    records.withdraw_record(by=owner, record=rows["withdrawn"])
    with acting_as(world.scribe("XAB").account):
        receipts = [receipt.id for receipt in records.receipts_asked_of(frozenset(addressed.states))]
    third = world.states["XAC"].pk
    fresh, acknowledged = _transmitted(world)
    scene.fitting = {
        "acknowledgement": {"sent": fresh},
        "answers": {"sent": acknowledged},
        "words": {"record": rows["draft"]},
        "{record}/audience": {"record": rows["ready"]},
        "release": {"record": rows["ready"]},
        "recall": {"record": rows["open"]},
        "withdraw": {"record": rows["known"]},
        "parts/{slot}/audience": {"record": rows["parts"], "slot": 1},
        "consult": {"record": rows["concerned"], "state": third},
        "waive": {"record": rows["draft"], "state": third},
    }
    scene.own = world.states["XAA"].pk
    scene.ids = {
        "record": list(rows.values()),
        "state": [state.pk for state in world.states.values()],
        "institution": [body.pk for body in world.bodies.values()],
        "consultation": [told.pk],
        "receipt": receipts,
        "asked": [asked],
        "sent": [fresh, acknowledged],
        "body": [
            *(state.pk for state in world.states.values()),
            *(body.pk for body in world.bodies.values()),
            *(reader.account for reader in world.readers.values()),
            group.pk,
        ],
    }
    callers = {"owner": "XAA", "addressee": "XAB", "stranger": "XAC", "secretariat": "secretariat"}
    for role, code in callers.items():
        scene.secrets[role] = make_token(
            by=world.scribe(code).account, name=role, scopes=list(Scope), days=9
        ).secret
    return scene
