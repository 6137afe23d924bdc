"""Parts of a record: written with its words, read by fewer."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from rtopnet.sharing.models import PartAddressee, Record, RecordPart
from rtopnet.sharing.queries import acting_principals, part_audience_of
from rtopnet.sharing.rules import Audience, Marking, OwnerDecidesError, audience_fits
from rtopnet.sharing.services.audiences import lines_of
from rtopnet.sharing.services.sight import at_the_desk, expect_open, keep_deed
from rtopnet.sharing.services.words import PartWords


def address_part(*, by: UUID, record: UUID, slot: int, audience: Audience) -> None:
    """Set who of the record's readers reads a part of its newest version; nobody, to begin with.

    Raises:
        MarkingTooNarrowError: the part's marking does not let it go so far.
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordNotInSightError: there is no such record to know of.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        part = RecordPart.objects.filter(record=row, slot=slot).order_by("-version").first()
        if part is None:
            raise OwnerDecidesError("The record has no such part.")
        _address(part, audience)
        keep_deed("addressed_part", row, {"slot": slot, "addressees": len(lines_of(audience))})


def keep_parts(row: Record, version: int, parts: Iterable[PartWords]) -> None:
    """Make the version's parts those given: new ones, changed ones, and no others."""
    before = {part.slot: part for part in RecordPart.objects.filter(record=row, version=version)}
    wanted = _in_slots(parts, taken=before)
    for slot in before.keys() - wanted.keys():
        _delete_draft(before[slot])
    for slot, words in wanted.items():
        part = before.get(slot) or RecordPart(record=row, version=version, slot=slot)
        part.label, part.body, part.marking = words.label, words.body, words.marking.value
        audience = words.audience
        if part.pk in {known.pk for known in before.values()}:
            # Only the columns that the draft may change: what decides is kept by trigger.
            columns = {"label": part.label, "body": part.body, "marking": part.marking}
            RecordPart.objects.filter(pk=part.pk).update(**columns)
        else:
            part.save(force_insert=True)
        if audience is not None:
            _address(part, audience)


def carry_parts(row: Record, version: int, parts: tuple[PartWords, ...] | None) -> None:
    """Write a new version's parts: those given, with their earlier audience where none is named."""
    earlier = {part.slot: part for part in RecordPart.objects.filter(record=row, version=version - 1)}
    if parts is None:
        parts = tuple(_as_words(part) for part in earlier.values())
    keep_parts(row, version, [_with_audience(words, earlier) for words in parts])


def delete_parts(row: Record) -> None:
    """Delete all parts of a record that is withdrawn."""
    PartAddressee.objects.filter(record=row).delete()
    RecordPart.objects.filter(record=row).delete()


def _as_words(part: RecordPart) -> PartWords:
    return PartWords(part.label, part.body, Marking(part.marking), slot=part.slot)


def _with_audience(words: PartWords, earlier: dict[int, RecordPart]) -> PartWords:
    if words.audience is not None or words.slot not in earlier:
        return words
    return replace(words, audience=part_audience_of(earlier[words.slot].pk))


def _in_slots(parts: Iterable[PartWords], taken: dict[int, RecordPart]) -> dict[int, PartWords]:
    given = list(parts)
    free = max([*taken, *(words.slot or 0 for words in given)], default=0) + 1
    placed: dict[int, PartWords] = {}
    for words in given:
        slot = words.slot
        if slot is None or slot in placed:
            slot, free = free, free + 1
        placed[slot] = words
    return placed


def _address(part: RecordPart, audience: Audience) -> None:
    audience_fits(Marking(part.marking), audience)
    PartAddressee.objects.filter(part=part).delete()
    for line in lines_of(audience):
        PartAddressee.objects.create(part=part, record_id=part.record_id, **line)


def _delete_draft(part: RecordPart) -> None:
    addressed = PartAddressee.objects.filter(part=part)
    if addressed.exists() and part.desk not in acting_principals():
        raise OwnerDecidesError(f"part '{part.label}': only the desk removes a part it has addressed.")
    addressed.delete()
    RecordPart.objects.filter(pk=part.pk).delete()
