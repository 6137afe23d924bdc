"""What every page of the room begins with: who reads, when it is there, how a broken rule is answered."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from rtopnet.assistance.public import RequestSheet, request_sheet
from rtopnet.network.public import account_of, bodies_of, name_in
from rtopnet.sharing.public import reader_page

room_page = reader_page()


def request_or_404(record: UUID) -> RequestSheet:
    """The request, where it is in sight.

    Raises:
        Http404: it is not.
    """
    found = request_sheet(record)
    if found is None:
        raise Http404
    return found


def own_request_or_404(record: UUID, *, decides: bool = False) -> RequestSheet:
    """The request of the reader's own state.

    Raises:
        Http404: it is not in sight, or another's.
        PermissionDenied: the reader does not decide for the state.
    """
    found = request_or_404(record)
    if not found.is_own:
        raise Http404
    if decides and not found.sheet.decides:
        raise PermissionDenied
    return found


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def body_names(request: HttpRequest) -> dict[UUID, str]:
    """States and institutions of the reader's region, by their names in the reader's language."""
    return {body.id: name_in(body.names, language()) for body in bodies_of(account_of(request).region_id)}
