"""Sending what was cleared to the office: as a record of its own, signed, with a bundle for machines."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from rtopnet.advice.bundles import Advice, Party, Place, Remark, Reserved, Rests, bundle_of
from rtopnet.advice.events import AdviceTransmitted
from rtopnet.advice.layouts import Layout
from rtopnet.advice.models import Paper, SentFile, Transmission
from rtopnet.advice.packages import package_of
from rtopnet.advice.queries import (
    ReferenceRead,
    StatementRead,
    in_sections,
    layout_of,
    own_region,
    statements_read,
)
from rtopnet.advice.rules.course import ACKNOWLEDGE_WITHIN, Deed, StageRefusedError
from rtopnet.advice.services.clearing import audience_with, expect_all_travels
from rtopnet.advice.services.sight import PAPER, keep_deed, not_in_sight, own_paper, tell
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.events import publish
from rtopnet.kernel.jobs import defer_job
from rtopnet.meetings.public import ProposalPage, proposal_page
from rtopnet.network.public import State, name_in, names_of, state_points, states_of
from rtopnet.sharing.public import (
    DocumentSection,
    GatheredDocument,
    RecordSheet,
    Terms,
    Words,
    address_record,
    database_now,
    document_moment,
    draft_record,
    kind_name,
    record_sheet,
    release_record,
    render_document,
    tell_desks,
)

SENT_KIND = "sent_advice"
SEND_LETTERS = "advice.send_letters"


@dataclass(frozen=True)
class _Cleared:
    """What was cleared, with all that is printed with it."""

    row: Paper
    sheet: RecordSheet
    page: ProposalPage
    layout: Layout
    statements: list[StatementRead]
    names: dict[UUID, dict[str, str]]
    language: str

    def name(self, body: UUID) -> str:
        """The name of a state or institution in the paper's language."""
        return name_in(self.names.get(body, {}), self.language)

    @property
    def owner(self) -> UUID:
        """Who owns the paper."""
        return self.sheet.owner


def transmit_paper(*, by: UUID, record: UUID) -> UUID:
    """Send a cleared paper to its office, signed; the record of the transmission, which never changes.

    The office reads the text, the reservations and what it rests on; not what states said among themselves
    while they cleared it. Whoever cleared it reads the transmission too.

    Raises:
        RecordNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        StageRefusedError: it is not cleared, or was transmitted before.
        ReferenceBlocksError: something that it rests on may not travel any more.
        DocumentNotSetError: it is too long to be set.
    """
    with acting_as(by):
        row = own_paper(record, Deed.TRANSMIT)
        expect_all_travels(row)
        cleared = _cleared(row)
        at = database_now()
        with translation.override(cleared.language):
            words = Words(cleared.page.title, _text(cleared))
            packed = package_of(
                _pdf(cleared, at),
                bundle_of(_advice(cleared, at)),
                name=cleared.page.reference.replace("/", "-").lower(),
                claims={
                    "reference": cleared.page.reference,
                    "marking": f"TLP:{cleared.sheet.marking.name.replace('_', '+')}",
                    "to": cleared.name(row.office_id),
                },
                at=at,
            )
        sent = _record_of(by, cleared, words)
        for position, one in enumerate(packed):
            SentFile.objects.create(
                record_id=sent,
                position=position,
                name=one.name,
                media_type=one.media_type,
                content=one.content,
                sha256=one.sha256,
            )
        made = Transmission.objects.create(
            record_id=sent,
            paper_id=record,
            form=row.form,
            office_id=row.office_id,
            reference=cleared.page.reference,
            version=cleared.page.version,
            cleared_at=_cleared_at(cleared),
            transmitted_at=at,
        )
        keep_deed("transmitted", made, also={row.office_id})
        tell("transmitted", [row.office_id], made, due_at=at + ACKNOWLEDGE_WITHIN)
        defer_job(SEND_LETTERS, record=str(sent), region=str(own_region().pk))
        publish(AdviceTransmitted(sent, record, by))
        return sent


def _cleared(row: Paper) -> _Cleared:
    region = own_region()
    sheet, page = record_sheet(row.record_id), proposal_page(row.record_id)
    if sheet is None or page is None or page.round is None:
        raise not_in_sight()
    if not page.reference:
        raise StageRefusedError("Its reference follows within minutes; transmit it then.")
    return _Cleared(
        row=row,
        sheet=sheet,
        page=page,
        layout=layout_of(row, region.slug),
        statements=statements_read(row.record_id, page.version),
        names=names_of({sheet.owner, row.office_id, row.chair, *row.about, *row.states}),
        language=region.working_language,
    )


def _record_of(by: UUID, cleared: _Cleared, words: Words) -> UUID:
    """The transmission's own record, released to the office and to whoever cleared the paper."""
    row = cleared.row
    is_state = row.desk in {state.id for state in states_of(own_region().pk)}
    sent = draft_record(
        by=by,
        terms=Terms(SENT_KIND, cleared.sheet.marking, cleared.sheet.chatham_house),
        words=words,
        state=row.desk if is_state else None,
        institution=None if is_state else row.desk,
    )
    address_record(by=by, record=sent, audience=audience_with(row, office=True))
    release_record(by=by, record=sent)
    return sent


def _cleared_at(cleared: _Cleared) -> datetime:
    if cleared.page.round is None:
        raise not_in_sight()
    return cleared.page.round.deadline


def _text(cleared: _Cleared) -> str:
    """The text as it was cleared, and the reservations after it."""
    if cleared.page.round is None:
        return cleared.page.body
    reserved = [
        _("Reservation of %(state)s") % {"state": name_in(act.who, cleared.language)} + "\n\n" + act.words
        for act in cleared.page.round.reservations
    ]
    return "\n\n".join([cleared.page.body, *reserved])


def _pdf(cleared: _Cleared, at: datetime) -> bytes:
    office = cleared.name(cleared.row.office_id)
    whose = _("To %(office)s, transmitted on %(moment)s") % {
        "office": office,
        "moment": document_moment(at, cleared.language),
    }
    document = GatheredDocument(
        title=cleared.page.title,
        marking=cleared.sheet.marking,
        chatham_house=cleared.sheet.chatham_house,
        reader=office,
        exported_at=at,
        facts=_facts(cleared, office),
        sections=(*_sections(cleared), *_reservations(cleared), *_sources(cleared)),
        whose=whose,
    )
    return render_document(document, language=cleared.language, layout=cleared.layout.source, archived=True)


def _facts(cleared: _Cleared, office: str) -> tuple[tuple[str, str], ...]:
    about = ", ".join(cleared.name(state) for state in cleared.row.about)
    facts = [
        (_("Reference"), cleared.page.reference),
        (_("To"), office),
        (_("From"), cleared.name(cleared.owner)),
        (_("Cleared by consensus"), document_moment(_cleared_at(cleared), cleared.language)),
    ]
    return tuple(facts + ([(_("Concerning"), about)] if about else []))


def _sections(cleared: _Cleared) -> tuple[DocumentSection, ...]:
    sections = in_sections(cleared.layout, cleared.statements, cleared.language)
    keys = {one.title(cleared.language): one.key for one in cleared.layout.sections}
    return tuple(
        DocumentSection(title, "\n\n".join(_paragraph(one) for one in statements), key=keys.get(title, ""))
        for title, statements in sections
    )


def _paragraph(one: StatementRead) -> str:
    numbers = ", ".join(str(reference.number) for reference in one.references)
    return f"{one.number}. {one.text} [{numbers or _('stated by the network itself')}]"


def _reservations(cleared: _Cleared) -> tuple[DocumentSection, ...]:
    if cleared.page.round is None:
        return ()
    return tuple(
        DocumentSection(
            _("Reservation of %(state)s") % {"state": name_in(act.who, cleared.language)},
            act.words,
            key="reservation",
        )
        for act in cleared.page.round.reservations
    )


def _sources(cleared: _Cleared) -> tuple[DocumentSection, ...]:
    """What the statements rest on, each record once, with what it shows."""
    shown: dict[int, list[str]] = {}
    first: dict[int, ReferenceRead] = {}
    for one in cleared.statements:
        for reference in one.references:
            first.setdefault(reference.number, reference)
            if reference.shows:
                shown.setdefault(reference.number, []).append(reference.shows)
    lines = []
    for number, reference in sorted(first.items()):
        owner = name_in(reference.owner_names, cleared.language)
        line = f"[{number}] {reference.title} ({kind_name(reference.kind)}, {owner})"
        lines.append(". ".join([line, *dict.fromkeys(shown.get(number, ()))]))
    if not lines:
        return ()
    return (DocumentSection(_("What this rests on"), "\n\n".join(lines), key="sources"),)


def _advice(cleared: _Cleared, at: datetime) -> Advice:
    sections = {one.key: one.title(cleared.language) for one in cleared.layout.sections}
    states = {state.name(cleared.language): state.id for state in states_of(own_region().pk)}
    acts = cleared.page.round.reservations if cleared.page.round else ()
    reserved = [(name_in(act.who, cleared.language), act.words) for act in acts]
    return Advice(
        title=cleared.page.title,
        reference=cleared.page.reference,
        language=cleared.language,
        marking=cleared.sheet.marking,
        at=at,
        owner=Party(cleared.owner, cleared.name(cleared.owner)),
        office=Party(cleared.row.office_id, cleared.name(cleared.row.office_id)),
        remarks=[_remark(one, sections) for one in cleared.statements],
        reservations=[Reserved(Party(states[name], name), words) for name, words in reserved],
        places=_places(cleared),
    )


def _remark(one: StatementRead, sections: dict[str, str]) -> Remark:
    rests_on = tuple(
        Rests(reference.cited, kind_name(reference.kind), reference.title, reference.shows)
        for reference in one.references
    )
    own = "" if rests_on else _("stated by the network itself")
    return Remark(sections.get(one.section, one.section), one.text, rests_on, own)


def _places(cleared: _Cleared) -> list[Place]:
    points = state_points(own_region().slug)
    rows = State.objects.filter(pk__in=cleared.row.about).order_by("iso3")
    return [Place(name_in(row.names, cleared.language), row.iso2, points.get(row.iso3)) for row in rows]


def tell_cleared(*, record: UUID) -> None:
    """Tell the owner's desk that its paper is cleared, where the record adopted is one."""
    with acting_for(Capacity.INSTALLATION):
        with connection.cursor() as cursor:
            cursor.execute("SELECT desk, region FROM advice_paper_facts(%s)", [record])
            found = cursor.fetchone()
        if found is None or found[0] is None:
            return
        desk, region = found
        tell_desks(kind="advice.cleared", bodies=[desk], region=region, subject=record, subject_kind=PAPER)
        record_deed(verb="told", kind=PAPER, subject=record, region=region, books=[desk])
