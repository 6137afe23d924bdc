"""What the room's pages begin with: what is in sight, and the places of the reader's region."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from rtopnet.network.public import Body, account_of, name_in, places_held, region_of, states_of
from rtopnet.sharing.public import reader_page
from rtopnet.warning.evidence.forms.reports import Places
from rtopnet.warning.evidence.public import Owner, ReportSheet, gazetteer, report_sheet

room_page = reader_page()


def report_or_404(record: UUID) -> ReportSheet:
    """The report, where it is in sight.

    Raises:
        Http404: it is not.
    """
    found = report_sheet(record)
    if found is None:
        raise Http404
    return found


def own_report_or_404(record: UUID, *, writes: bool = False) -> ReportSheet:
    """The report, for its owner's people.

    Raises:
        Http404: it is not in sight, or another's.
        PermissionDenied: the reader does not write it now.
    """
    found = report_or_404(record)
    if not found.is_own:
        raise Http404
    if writes and not found.sheet.writes:
        raise PermissionDenied
    return found


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def places_of(request: HttpRequest) -> Places:
    """The states of the reader's region, and their first-level regions."""
    region = region_of(account_of(request))
    states = {state.iso3: (state.id, state.name(language())) for state in states_of(region.id)}
    return Places(states, gazetteer(region.slug))


def bodies_that_report(request: HttpRequest) -> list[Body]:
    """States and institutions whose reports the reader may draft.

    Raises:
        PermissionDenied: there are none.
    """
    bodies = places_held(account_of(request).pk)
    if not bodies:
        raise PermissionDenied
    return bodies


def owner_choices(bodies: list[Body]) -> list[tuple[str, str]]:
    """Them as choices."""
    return [(str(body.id), name_in(body.names, language())) for body in bodies]


def chosen_owner(bodies: list[Body], chosen: str) -> Owner:
    """Whose report it is to be."""
    body = next(one for one in bodies if str(one.id) == chosen)
    return Owner(body.id, body.is_state)
