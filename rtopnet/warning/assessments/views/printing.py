"""An assessment taken out: a PDF with its signature beside it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from rtopnet.network.public import Account, account_of, name_in, region_of, standing_of
from rtopnet.sharing.public import DocumentNotSetError, note_reading, render_document, signed_copy
from rtopnet.warning.assessments.documents import Taker, assessment_document
from rtopnet.warning.assessments.public import outlook_beside, result_of, since_last
from rtopnet.warning.assessments.views.access import language, room_page, sheet_or_404


@require_safe
@room_page
def document(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """The assessment as its reader may see it, as a PDF with its detached signature, in one zip."""
    found = sheet_or_404(request, assessment, note=False)
    results = [result for turn in found.shown_turns if (result := result_of(found, turn)) is not None]
    if not results:
        raise Http404
    account = account_of(request)
    taker = Taker(_reader(account), timezone.localtime(), _printed_language())
    since = since_last(assessment)
    beside = outlook_beside(found, results[0], region=region_of(account), language=taker.language)
    made = assessment_document(found, results, since, beside, taker)
    try:
        pdf = render_document(made, language=taker.language)
    except DocumentNotSetError as error:
        messages.error(request, str(error))
        return redirect("situation_assessment", assessment)
    if not found.sheet.is_own:
        note_reading(by=account.pk, record=assessment, how="exported")
    if since is not None and not since.before.is_own:
        note_reading(by=account.pk, record=since.before.id, how="exported")
    return signed_copy(
        pdf,
        name=f"assessment-{str(assessment)[:8]}",
        marking=made.marking,
        reader=taker.reader,
        claims={"record": str(assessment), "version": str(found.sheet.version)},
    )


def _printed_language() -> str:
    return language() if language() in dict(settings.DOCUMENT_LANGUAGES) else "en"


def _reader(account: Account) -> str:
    standing = standing_of(account)
    posts = [name_in(titles, language()) for titles in standing.posts]
    state = [standing.state.name(language())] if standing.state else []
    return ", ".join([account.name, *posts, *state])
