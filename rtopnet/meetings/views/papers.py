"""What is taken out of meetings: a PDF that says who took it and when, with its signature beside it."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from rtopnet.meetings.public import (
    Taker,
    actions_of_meeting,
    agenda_document,
    agenda_of,
    delegate_pack,
    delegations_to,
    meeting_line,
    meetings_of_series,
    minutes_document,
    minutes_of_meeting,
    minutes_sheet,
    own_series,
)
from rtopnet.meetings.views.access import language, meeting_page, note_read, sheet_or_404
from rtopnet.network.public import Account, account_of, acting_desks, name_in, standing_of
from rtopnet.sharing.public import (
    DocumentNotSetError,
    GatheredDocument,
    note_reading,
    render_document,
    signed_copy,
)


@require_safe
@meeting_page
def agenda(request: HttpRequest, record: UUID) -> HttpResponse:
    """The annotated agenda, as its reader may see it."""
    found = sheet_or_404(record)
    taker = _taker(request)
    document = agenda_document(found, agenda_of(record), taker)
    note_read(request, record, is_own=found.sheet.is_own, exported=True)
    return _answer(request, document, taker, f"agenda-{str(record)[:8]}")


@require_safe
@meeting_page
def pack(request: HttpRequest, record: UUID) -> HttpResponse:
    """The delegate pack: agenda, papers, host, and one's own delegation."""
    found = sheet_or_404(record)
    taker, desks = _taker(request), acting_desks()
    answers = [one for one in delegations_to(record) if one.state in desks]
    document = delegate_pack(found, agenda_of(record), answers, taker)
    note_read(request, record, is_own=found.sheet.is_own, exported=True)
    return _answer(request, document, taker, f"pack-{str(record)[:8]}")


@require_safe
@meeting_page
def minutes(request: HttpRequest, record: UUID) -> HttpResponse:
    """The minutes of one meeting."""
    found = minutes_sheet(record)
    if found is None or found.sheet is None:
        raise Http404
    taker = _taker(request)
    line = meeting_line(found.meeting)
    actions = actions_of_meeting(found.meeting)
    document = minutes_document(found.sheet.title, [(line, found)], actions, taker)
    return _answer(request, document, taker, f"minutes-{str(record)[:8]}")


@require_safe
@meeting_page
def series_minutes(request: HttpRequest, series: UUID) -> HttpResponse:
    """The minutes of a whole series, as one document."""
    several, actions, name = [], [], ""
    for line in meetings_of_series(series):
        record = minutes_of_meeting(line.record)
        found = minutes_sheet(record) if record else None
        name = line.series_name
        if found is not None and found.sheet is not None:
            several.append((line, found))
            actions += [action for action in actions_of_meeting(line.record) if not action.is_done]
    kept = [one.name for one in own_series([series]) if one.id == series]
    if not several:
        raise Http404
    taker = _taker(request)
    with override(taker.language):
        title = _("Minutes of the series “%(name)s”") % {"name": kept[0] if kept else name}
    document = minutes_document(title, several, actions, taker)
    return _answer(request, document, taker, f"series-{str(series)[:8]}")


def _answer(request: HttpRequest, document: GatheredDocument, taker: Taker, name: str) -> HttpResponse:
    try:
        pdf = render_document(document, language=taker.language)
    except DocumentNotSetError as error:
        return render(request, "meetings/not_set.html", {"reason": str(error)}, status=422)
    for record in document.records:
        note_reading(by=account_of(request).pk, record=record, how="exported")
    return signed_copy(pdf, name=name, marking=document.marking, reader=document.reader)


def _taker(request: HttpRequest) -> Taker:
    wanted = request.GET.get("language", "")
    chosen = wanted if wanted in dict(settings.DOCUMENT_LANGUAGES) else language()
    return Taker(_reader(account_of(request), chosen), timezone.localtime(), chosen)


def _reader(account: Account, words: str) -> str:
    standing = standing_of(account)
    posts = [name_in(titles, words) for titles in standing.posts]
    state = [standing.state.name(words)] if standing.state else []
    return ", ".join(word for word in (account.name, *posts, *state) if word)
