"""What every page of the room begins with: who reads, when it is there, and what can be chosen from."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from rtopnet.network.public import Body, account_of, bodies_of, name_in, region_of
from rtopnet.sharing.public import kind_name, reader_page, records_in_sight
from rtopnet.warning.alerts.public import AlertSheet, Deed, Watcher, alert_sheet, allows

room_page = reader_page()
RECORDS_OFFERED = 100
Choices = list[tuple[str, str]]


def alert_or_404(record: UUID) -> AlertSheet:
    """The warning, where it is in sight.

    Raises:
        Http404: it is not.
    """
    found = alert_sheet(record)
    if found is None:
        raise Http404
    return found


def own_alert_or_404(record: UUID, deed: Deed | None = None) -> AlertSheet:
    """The warning of the reader's own body, for its desk; while ``deed`` can be done.

    Raises:
        Http404: it is not in sight, another's, or past that deed.
        PermissionDenied: the reader does not decide for the body.
    """
    found = alert_or_404(record)
    if not found.is_own:
        raise Http404
    if not found.sheet.decides:
        raise PermissionDenied
    if deed is not None and not allows(found.course, deed):
        raise Http404
    return found


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def watcher_of(request: HttpRequest) -> Watcher:
    """For whom measures are taken."""
    return Watcher(region_of(account_of(request)), language())


def named(bodies: list[Body]) -> Choices:
    """Bodies to choose from, by their names."""
    return [(str(body.id), name_in(body.names, language())) for body in bodies]


def region_bodies(request: HttpRequest, *, states: bool, without: UUID | None = None) -> Choices:
    """States, or institutions, of the reader's region to choose from."""
    found = [body for body in bodies_of(account_of(request).region_id) if body.id != without]
    return named([body for body in found if body.is_state == states])


def records_offered(without: UUID | None = None) -> Choices:
    """Records that the reader reads, to tie to a warning; the latest first."""
    page = records_in_sight(limit=RECORDS_OFFERED)
    return [
        (str(one.id), f"{kind_name(one.kind)}: {one.title or '-'}")
        for one in page.records
        if one.id != without
    ]


def ask(request: HttpRequest, context: dict[str, object], *, refused: str = "") -> HttpResponse:
    """A page that asks one thing: ``heading``, ``lead``, ``points``, ``form``, ``button``, ``back``."""
    return render(request, "alerts/ask.html", context | {"refused": refused})
