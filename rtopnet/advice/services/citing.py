"""What statements rest on: naming it, taking it out, and asking its owner to let it travel."""

from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rtopnet.advice.models import Paper, PaperReference
from rtopnet.advice.queries import own_region
from rtopnet.advice.rules.course import Deed
from rtopnet.advice.services.drafting import statement_at_hand
from rtopnet.advice.services.sight import drafted_paper, keep_deed, not_in_sight
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import name_in, names_of
from rtopnet.sharing.public import Record, database_now, request_in_sight, request_release


class AskedBeforeError(RuleBrokenError):
    """Its owner was asked before."""


def cite_record(*, by: UUID, statement: UUID, cited: UUID, shows: str = "") -> UUID:
    """Let a statement rest on a record that ``by`` reads, saying what it shows; the reference's id.

    Raises:
        RecordNotInSightError: there is no such statement that ``by`` drafts, or no such record in sight.
        StageRefusedError: the paper is not a draft.
    """
    with acting_as(by):
        row, paper = statement_at_hand(statement)
        if cited == paper.record_id or not Record.objects.filter(pk=cited).exists():
            raise not_in_sight()
        known = PaperReference.objects.filter(statement=row, cited=cited)
        said = shows.strip()
        if known.update(shows=said):
            made = known.get()
        else:
            with transaction.atomic():
                made = PaperReference.objects.create(
                    record_id=paper.record_id,
                    statement=row,
                    cited_id=cited,
                    shows=said,
                    written_by_id=by,
                    written_at=database_now(),
                )
        keep_deed("cited", paper)
        return made.pk


def drop_reference(*, by: UUID, reference: UUID) -> None:
    """Take out what a statement rested on.

    Raises:
        RecordNotInSightError: there is none in the sight of ``by``.
        StageRefusedError: the paper is not a draft.
    """
    with acting_as(by):
        row, paper = _reference(reference)
        PaperReference.objects.filter(pk=row.pk).delete()
        keep_deed("revised", paper)


def ask_to_let_travel(*, by: UUID, reference: UUID) -> UUID:
    """Ask the owner of the record cited to release it to where the paper goes; the request's id.

    The owner learns that a text to that office rests on its record, and who asks; not which text.

    Raises:
        RecordNotInSightError: there is no such reference, or ``by`` may not ask for the record.
        AskedBeforeError: its owner was asked, and has not answered.
        RecordClosedError: the record was recalled or withdrawn.
    """
    with acting_as(by):
        row, paper = _reference(reference)
        asked = request_in_sight(row.request) if row.request else None
        if row.request and (asked is None or asked.granted is None):
            raise AskedBeforeError("Its owner was asked already, and has not answered yet.")
        request = request_release(by=by, record=row.cited_id, reason=_reason(paper))
        made = request_in_sight(request)
        if made is None:
            raise not_in_sight()
        PaperReference.objects.filter(pk=row.pk).update(
            request=request, asked_at=made.asked_at, due_at=made.due_at
        )
        keep_deed("asked", paper)
        return request


def _reason(paper: Paper) -> str:
    region = own_region()
    with translation.override(region.working_language):
        office = name_in(names_of([paper.office_id]).get(paper.office_id, {}), region.working_language)
        if paper.whole_network:
            words = _(
                "A text that the network clears for %(office)s rests on this record. Please address it to "
                "%(office)s and to the network, so that it may be named there, or tell us that it may not."
            )
        else:
            words = _(
                "A text that some states clear for %(office)s rests on this record. Please address it to "
                "%(office)s and to those states, so that it may be named there, or tell us that it may not."
            )
        return words % {"office": office}


def _reference(reference: UUID) -> tuple[PaperReference, Paper]:
    row = PaperReference.objects.filter(pk=reference).first()
    if row is None:
        raise not_in_sight()
    return row, drafted_paper(row.record_id, Deed.WRITE)
