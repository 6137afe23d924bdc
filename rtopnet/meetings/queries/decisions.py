"""Texts on their way to agreement, and what was agreed, as the acting account may see them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from rtopnet.meetings.models import ChairStatement, Decision, Procedure, ProcedureAct, SilentNote, WorkingText
from rtopnet.meetings.queries.rounds import acts_of, last_round_on, round_from
from rtopnet.meetings.rules import (
    STATEMENT_WITHIN,
    Act,
    Deed,
    Round,
    Stage,
    open_deeds,
    reservations,
    stage_of,
)
from rtopnet.network.public import acting_desks, capitals_of, names_of
from rtopnet.sharing.public import (
    Marking,
    RecordSheet,
    database_now,
    record_sheet,
    titles_in_sight,
    version_in_sight,
)

Names = dict[str, str]
Show = Literal["silence", "drafts", "adopted"]
ON_A_PAGE = 25


@dataclass(frozen=True)
class ActLine:
    """What a desk did in a round."""

    deed: Deed
    who: Names
    at: datetime
    words: str
    until: datetime | None


@dataclass(frozen=True)
class CapitalTime:
    """A deadline on the clock of a capital."""

    state: UUID
    names: Names
    city: str
    local: datetime


@dataclass(frozen=True)
class RoundView:
    """A round as those see it who read its record."""

    id: UUID
    number: int
    version: int
    stage: Stage
    opened_at: datetime
    deadline: datetime
    last_day: date
    is_extended: bool
    ended_at: datetime | None
    short_because: str
    whole_network: bool
    participants: tuple[Names, ...]
    chair: Names
    acts: tuple[ActLine, ...]
    reservations: tuple[ActLine, ...]
    capitals: tuple[CapitalTime, ...]


@dataclass(frozen=True)
class Drafting:
    """What the proposal will say next, for its drafters."""

    title: str
    body: str
    written_at: datetime
    drafters: frozenset[UUID]
    drafter_names: tuple[Names, ...]
    is_owners: bool
    """The acting account decides for the owner, and not only drafts with it."""


@dataclass(frozen=True)
class Statement:
    """What the chair stated on the adoption."""

    who: Names
    at: datetime
    words: str


@dataclass(frozen=True)
class ProposalPage:
    """A text in, before or after the silence procedure, and what the acting account may do with it."""

    record: UUID
    kind: str
    title: str
    body: str
    version: int
    marking: Marking
    owner: UUID | None
    owner_names: Names
    stage: Stage | None
    """None: it was never circulated."""
    round: RoundView | None
    earlier: tuple[RoundView, ...]
    drafting: Drafting | None
    open_deeds: frozenset[Deed]
    own_reservation: str
    is_noted_silent: bool
    may_note_silence: bool
    may_state: bool
    may_circulate: bool
    statement: Statement | None
    reference: str

    @property
    def is_read(self) -> bool:
        """Whether the record itself is read, and not only drafted."""
        return self.version > 0


@dataclass(frozen=True)
class ProposalLine:
    """A text in a list."""

    record: UUID
    title: str
    owner_names: Names
    stage: Stage | None
    at: datetime
    """Its deadline, when it was adopted, or when it was last written."""
    reference: str = ""


@dataclass(frozen=True)
class ProposalList:
    """Some texts; ``next`` asks for those after them, None where there are none."""

    lines: tuple[ProposalLine, ...]
    next: tuple[datetime, UUID] | None = None


def proposal_page(record: UUID) -> ProposalPage | None:
    """The text with all that the acting account sees of it; None where that is nothing."""
    sheet, text = record_sheet(record), WorkingText.objects.filter(record=record).first()
    rows = list(Procedure.objects.filter(record=record).order_by("-round"))
    if text is None and not rows:
        return None
    now, desks = database_now(), acting_desks()
    acts = acts_of([row.pk for row in rows])
    abouts = [round_from(row, acts.get(row.pk, ())) for row in rows]
    views = _round_views(rows, abouts, acts, now)
    stage = stage_of(abouts[0], now) if abouts else None
    drafting = _drafting(text, desks) if stage not in {Stage.IN_SILENCE, Stage.ADOPTED} else None
    shown = _shown(sheet, rows, stage)
    last = (rows[0], abouts[0]) if rows else None
    return ProposalPage(
        record=record,
        kind=sheet.kind if sheet else "proposal",
        title=shown[0] if shown else drafting.title if drafting else "",
        body=shown[1] if shown else "",
        version=shown[2] if shown else 0,
        marking=sheet.marking if sheet else Marking.AMBER_STRICT,
        owner=sheet.owner if sheet else text.desk if text else None,
        owner_names=sheet.owner_names if sheet else _name(text.desk if text else None),
        stage=stage,
        round=views[0] if views else None,
        earlier=tuple(views[1:]),
        drafting=drafting,
        may_circulate=drafting is not None and drafting.is_owners,
        **_mine(last, desks, now),
        **_outcome(rows[0] if rows else None),
    )


def proposals_page(show: Show, *, before: tuple[datetime, UUID] | None = None) -> ProposalList:
    """Texts in silence by deadline, those with their drafters, or the adopted, the latest first."""
    now = database_now()
    if show == "drafts":
        return ProposalList(tuple(_with_drafters()))
    standing = Procedure.objects.filter(broken_at__isnull=True, withdrawn_at__isnull=True)
    if show == "silence":
        rows = list(standing.filter(deadline__gt=now).order_by("deadline", "pk"))
        return ProposalList(tuple(_lines(rows, Stage.IN_SILENCE)))
    adopted = standing.filter(deadline__lte=now).order_by("-deadline", "-pk")
    if before is not None:
        at, procedure = before
        adopted = adopted.filter(Q(deadline__lt=at) | Q(deadline=at, pk__lt=procedure))
    rows = list(adopted[: ON_A_PAGE + 1])
    page = rows[:ON_A_PAGE]
    following = (page[-1].deadline, page[-1].pk) if len(rows) > ON_A_PAGE else None
    return ProposalList(tuple(_lines(page, Stage.ADOPTED)), following)


def proposals_called(records: Collection[UUID]) -> Mapping[UUID, str]:
    """How texts are called: by the title that is read, or the one that is drafted."""
    drafted = dict(WorkingText.objects.filter(record__in=records).values_list("record_id", "title"))
    return drafted | dict(titles_in_sight(records))


def held_in_silence(record: UUID) -> str:
    """Why the silence procedure holds the record as it is; empty where it does not."""
    found = last_round_on(record)
    if found is None:
        return ""
    stage = stage_of(found[1], database_now())
    words = {
        Stage.IN_SILENCE: _("It is in silence. Take it out of silence first; then it is yours to change."),
        Stage.ADOPTED: _("It was adopted by consensus, and stays as it was agreed."),
    }
    return words.get(stage, "")


def _shown(
    sheet: RecordSheet | None, rows: list[Procedure], stage: Stage | None
) -> tuple[str, str, int] | None:
    """Title, text and number of the version before the reader: the one circulated, otherwise the newest."""
    if sheet is None or (not rows and sheet.released_at is None):
        return None
    if stage in {Stage.IN_SILENCE, Stage.ADOPTED} and rows[0].version != sheet.version:
        found = version_in_sight(sheet.id, rows[0].version)
        return (found[0].title, found[1], found[0].number) if found else None
    return sheet.title, sheet.body, sheet.version


def _mine(last: tuple[Procedure, Round] | None, desks: frozenset[UUID], now: datetime) -> dict[str, Any]:
    nothing = {
        "open_deeds": frozenset[Deed](),
        "own_reservation": "",
        "is_noted_silent": False,
        "may_note_silence": False,
        "may_state": False,
    }
    if last is None:
        return nothing
    row, about = last
    mine = sorted(body for body in {*about.participants, about.drafter, about.chair} if body in desks)
    deeds = frozenset(deed for body in mine for deed in open_deeds(about, body, now))
    own = [act.words for act in reservations(about) if act.body in mine]
    noted = bool(mine) and SilentNote.objects.filter(procedure=row).exists()
    is_others = any(body in about.participants and body != about.drafter for body in mine)
    in_silence = stage_of(about, now) is Stage.IN_SILENCE
    is_adopted = stage_of(about, now) is Stage.ADOPTED and now <= about.deadline + STATEMENT_WITHIN
    stated = is_adopted and ChairStatement.objects.filter(procedure=row).exists()
    return {
        "open_deeds": deeds,
        "own_reservation": own[0] if own else "",
        "is_noted_silent": noted,
        "may_note_silence": in_silence and is_others and not own and not noted,
        "may_state": is_adopted and about.chair in desks and not stated,
    }


def _outcome(row: Procedure | None) -> dict[str, Any]:
    stated = ChairStatement.objects.filter(procedure=row).first() if row else None
    decision = Decision.objects.filter(procedure=row).first() if row else None
    return {
        "statement": Statement(_name(stated.body), stated.at, stated.words) if stated else None,
        "reference": decision.reference if decision else "",
    }


def _round_views(
    rows: list[Procedure], abouts: list[Round], acts: Mapping[UUID, list[ProcedureAct]], now: datetime
) -> list[RoundView]:
    if not rows:
        return []
    bodies = {body for row in rows for body in (*row.participants, row.chair)}
    bodies |= {act.body for done in acts.values() for act in done}
    names, capitals = names_of(bodies), capitals_of(rows[0].region_id)
    return [
        RoundView(
            id=row.pk,
            number=row.round,
            version=row.version,
            stage=stage_of(about, now),
            opened_at=row.opened_at,
            deadline=row.deadline,
            last_day=row.last_day,
            is_extended=about.is_extended,
            ended_at=row.broken_at or row.withdrawn_at,
            short_because=row.short_because,
            whole_network=row.whole_network,
            participants=tuple(one.names for one in capitals if one.state in row.participants),
            chair=names.get(row.chair, {}),
            acts=tuple(_act_lines(about.acts, names)),
            reservations=tuple(_act_lines(reservations(about), names)),
            capitals=tuple(
                CapitalTime(one.state, one.names, one.city, row.deadline.astimezone(ZoneInfo(one.zone)))
                for one in capitals
                if one.state in row.participants
            ),
        )
        for row, about in zip(rows, abouts, strict=True)
    ]


def _act_lines(acts: Iterable[Act], names: Mapping[UUID, Names]) -> Iterable[ActLine]:
    return (ActLine(act.deed, names.get(act.body, {}), act.at, act.words, act.until) for act in acts)


def _drafting(text: WorkingText | None, desks: frozenset[UUID]) -> Drafting | None:
    if text is None or not ({text.desk, *text.drafters} & desks):
        return None
    names = names_of(text.drafters)
    return Drafting(
        title=text.title,
        body=text.body,
        written_at=text.written_at,
        drafters=frozenset(text.drafters),
        drafter_names=tuple(names[body] for body in text.drafters if body in names),
        is_owners=text.desk in desks,
    )


def _with_drafters() -> list[ProposalLine]:
    later = Procedure.objects.filter(record=OuterRef("record"), round__gt=OuterRef("round"))
    ended = Q(broken_at__isnull=False) | Q(withdrawn_at__isnull=False)
    back = list(Procedure.objects.filter(ended & ~Exists(later)).order_by("-deadline", "pk"))
    found = list(_lines(back, Stage.BROKEN))
    circulated = Procedure.objects.filter(record=OuterRef("record"))
    new = list(WorkingText.objects.filter(~Exists(circulated)).order_by("-written_at", "pk"))
    names = names_of({row.desk for row in new if row.desk})
    drafts = [
        ProposalLine(
            row.record_id, row.title, names.get(row.desk, {}) if row.desk else {}, None, row.written_at
        )
        for row in new
    ]
    return drafts + found


def _lines(rows: list[Procedure], stage: Stage) -> Iterable[ProposalLine]:
    titles = titles_in_sight([row.record_id for row in rows])
    names = names_of({row.desk for row in rows if row.desk})
    decided = Decision.objects.filter(procedure__in=rows).values_list("procedure_id", "reference")
    references = dict(decided) if stage is Stage.ADOPTED else {}
    for row in rows:
        yield ProposalLine(
            record=row.record_id,
            title=titles.get(row.record_id, ""),
            owner_names=names.get(row.desk, {}) if row.desk else {},
            stage=Stage.WITHDRAWN if row.withdrawn_at else stage,
            at=row.broken_at or row.withdrawn_at or row.deadline,
            reference=references.get(row.pk, ""),
        )


def _name(body: UUID | None) -> Names:
    return names_of([body]).get(body, {}) if body else {}
