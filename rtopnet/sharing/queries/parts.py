"""Parts of records, as far as the acting account reads them."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.sharing.models import PartAddressee, RecordPart
from rtopnet.sharing.queries.records import as_audience
from rtopnet.sharing.rules import Audience, Marking


@dataclass(frozen=True)
class PartInSight:
    """A part of one version, which the acting account reads."""

    id: UUID
    slot: int
    label: str
    body: str
    marking: Marking


def parts_in_sight(record: UUID, version: int) -> list[PartInSight]:
    """The parts of a version that the acting account reads, in their order."""
    rows = RecordPart.objects.filter(record=record, version=version).order_by("slot")
    return [PartInSight(row.pk, row.slot, row.label, row.body, Marking(row.marking)) for row in rows]


def part_audience_of(part: UUID) -> Audience:
    """For whom a part is; empty for all but its owner's people."""
    return as_audience(PartAddressee.objects.filter(part=part))


def part_audiences_of(record: UUID, version: int) -> dict[int, Audience]:
    """For whom each part of a version is, by slot; empty for all but its owner's people."""
    lines: dict[int, list[PartAddressee]] = {}
    rows = PartAddressee.objects.filter(record=record, part__version=version).select_related("part")
    for row in rows:
        lines.setdefault(row.part.slot, []).append(row)
    return {slot: as_audience(found) for slot, found in lines.items()}
