"""What every page of the room begins with: who reads, when it is there, whose it is."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from rtopnet.network.public import account_of, name_in, people_of_region
from rtopnet.sharing.public import note_reading, reader_page
from rtopnet.warning.assessments.public import AssessmentSheet, Deed, assessment_sheet
from rtopnet.warning.indicators.public import Factor

room_page = reader_page()


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def sheet_or_404(request: HttpRequest, record: UUID, *, note: bool = True) -> AssessmentSheet:
    """The assessment, where it is in sight; an addressee's reading is noted where the marking asks for it.

    Raises:
        Http404: it is not in sight.
    """
    found = assessment_sheet(record, language())
    if found is None:
        raise Http404
    if note and not found.sheet.is_own:
        note_reading(by=account_of(request).pk, record=record)
    return found


def sheet_for(request: HttpRequest, record: UUID, deed: Deed) -> AssessmentSheet:
    """The assessment, for who can do this with it now.

    Raises:
        Http404: it is not in sight, or there is nothing to do this with.
        PermissionDenied: it is the reader's own, who does not decide for it.
    """
    found = sheet_or_404(request, record)
    if not found.can(deed):
        if found.sheet.is_own and not found.sheet.decides:
            raise PermissionDenied
        raise Http404
    return found


def factor_or_404(found: AssessmentSheet, code: str) -> Factor:
    """The factor of that code in the assessment's own wording.

    Raises:
        Http404: there is none.
    """
    factor = found.framework.factor(code)
    if factor is None:
        raise Http404
    return factor


def people_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Everybody of the region who holds a post, by name, with post and body."""
    people = people_of_region(account_of(request).region_id)
    return [
        (str(one.id), ", ".join([one.name, *_named(one.titles), *_named(one.bodies)]))
        for one in people
        if one.titles
    ]


def _named(several: tuple[Mapping[str, str], ...]) -> list[str]:
    return list(dict.fromkeys(name_in(names, language()) for names in several))
