"""What was transmitted, for machines: a STIX 2.1 bundle with TLP 2.0 markings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import stix2

from rtopnet.kernel.ids import new_id
from rtopnet.sharing.public import Marking

TLP_2 = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
"""The extension by which OASIS writes the Traffic Light Protocol's second version."""
TLP_2_SINCE = "2022-10-01T00:00:00.000Z"
MARKINGS = {
    Marking.CLEAR: ("clear", "94868c89-83c2-464b-929b-a1a8aa3c8487"),
    Marking.GREEN: ("green", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    Marking.AMBER: ("amber", "55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    Marking.AMBER_STRICT: ("amber+strict", "939a9414-2ddd-4d32-a0cd-375ea402b003"),
    Marking.RED: ("red", "e828b379-4e03-4974-9ac4-e53a884c97c1"),
}
"""Level and id of each marking definition, as the common objects of OASIS have them."""
NETWORK = "RtoPNet"


@dataclass(frozen=True)
class Party:
    """A state or institution that wrote, reserved its position, or is written to."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Place:
    """A state that the text speaks of: by its ISO 3166 code, or by a point inside it."""

    name: str
    country: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Rests:
    """A record that a statement rests on."""

    record: UUID
    kind: str
    title: str
    shows: str


@dataclass(frozen=True)
class Remark:
    """A statement of the text, under the title of its section."""

    section: str
    text: str
    rests_on: tuple[Rests, ...]
    own_words: str
    """How it is said that the network itself states it; empty where it rests on records."""


@dataclass(frozen=True)
class Reserved:
    """A reservation that is printed with the text."""

    state: Party
    words: str


@dataclass(frozen=True)
class Advice:
    """All that the bundle says."""

    title: str
    reference: str
    language: str
    marking: Marking
    at: datetime
    owner: Party
    office: Party
    remarks: Sequence[Remark]
    reservations: Sequence[Reserved]
    places: Sequence[Place]


def bundle_of(advice: Advice) -> bytes:
    """The bundle as JSON: report, notes, opinions, identities, locations and the marking they all bear.

    States and institutions keep their ids from bundle to bundle; everything else is named anew, and a
    transmission is bundled once.
    """
    marking = tlp_marking(advice.marking)
    frame = {"created": advice.at, "modified": advice.at, "object_marking_refs": [marking.id]}
    people = {party.id: _identity(party, frame) for party in _parties(advice)}
    author = people[advice.owner.id].id
    by_author = frame | {"created_by_ref": author, "lang": advice.language}
    places = [found for place in advice.places if (found := _location(place, by_author))]
    report_id = f"report--{new_id()}"
    notes = [_note(remark, advice, report_id, by_author) for remark in advice.remarks]
    opinions = [
        stix2.v21.Opinion(
            opinion="neutral",
            explanation=one.words,
            authors=[one.state.name],
            object_refs=[report_id],
            **(by_author | {"created_by_ref": people[one.state.id].id}),
        )
        for one in advice.reservations
    ]
    report = stix2.v21.Report(
        id=report_id,
        name=advice.title,
        report_types=["threat-report"],
        published=advice.at,
        external_references=[{"source_name": NETWORK, "external_id": advice.reference}],
        object_refs=[one.id for one in (*people.values(), *places, *notes, *opinions)],
        **by_author,
    )
    bundle = stix2.v21.Bundle(marking, *people.values(), *places, report, *notes, *opinions)
    text: str = bundle.serialize(pretty=True)
    return text.encode()


def tlp_marking(marking: Marking) -> stix2.v21.MarkingDefinition:
    """The marking definition of OASIS for a level of TLP 2.0."""
    level, found = MARKINGS[marking]
    return stix2.v21.MarkingDefinition(
        id=f"marking-definition--{found}",
        created=TLP_2_SINCE,
        name=f"TLP:{level.upper()}",
        extensions={TLP_2: {"extension_type": "property-extension", "tlp_2_0": level}},
    )


def _parties(advice: Advice) -> Iterable[Party]:
    return (advice.owner, advice.office, *(one.state for one in advice.reservations))


def _identity(party: Party, frame: dict[str, object]) -> stix2.v21.Identity:
    return stix2.v21.Identity(
        id=f"identity--{party.id}", name=party.name, identity_class="organization", **frame
    )


def _location(place: Place, frame: dict[str, object]) -> stix2.v21.Location | None:
    if place.country:
        return stix2.v21.Location(name=place.name, country=place.country, **frame)
    if place.point:
        latitude, longitude = place.point
        return stix2.v21.Location(name=place.name, latitude=latitude, longitude=longitude, **frame)
    return None


def _note(remark: Remark, advice: Advice, report: str, frame: dict[str, object]) -> stix2.v21.Note:
    rests_on = [
        {
            "source_name": one.kind,
            "external_id": str(one.record),
            "description": "; ".join(part for part in (one.title, one.shows) if part),
        }
        for one in remark.rests_on
    ]
    return stix2.v21.Note(
        abstract=remark.section,
        content=f"{remark.text} [{remark.own_words}]" if remark.own_words else remark.text,
        authors=[advice.owner.name],
        object_refs=[report],
        **(frame | ({"external_references": rests_on} if rests_on else {})),
    )
