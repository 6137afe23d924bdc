"""What was agreed, taken out: a PDF with its reference and reservations, and a signature beside it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rtopnet.meetings.public import ProposalPage, RoundView
from rtopnet.meetings.views.decision_access import decision_page, page_or_404
from rtopnet.network.public import Account, account_of, name_in, standing_of
from rtopnet.sharing.public import (
    DocumentNotSetError,
    DocumentSection,
    GatheredDocument,
    document_moment,
    note_reading,
    render_document,
    signed_copy,
)


@require_safe
@decision_page
def document(request: HttpRequest, record: UUID) -> HttpResponse:
    """The decision in the reader's language, as a PDF with its detached signature, in one zip."""
    page = page_or_404(record)
    if page.round is None or page.stage != "adopted":
        raise PermissionDenied
    if not page.reference:
        return redirect("meetings_proposal", record)
    account, language = account_of(request), _language(request)
    made = decision_document(page, page.round, reader=_reader(account, language), language=language)
    try:
        pdf = render_document(made, language=language)
    except DocumentNotSetError as error:
        messages.error(request, str(error))
        return redirect("meetings_proposal", record)
    note_reading(by=account.pk, record=record, how="exported")
    return signed_copy(
        pdf,
        name=page.reference.replace("/", "-").lower(),
        marking=page.marking,
        reader=made.reader,
        claims={"record": str(record), "version": str(page.version), "reference": page.reference},
    )


def decision_document(
    page: ProposalPage, about: RoundView, *, reader: str, language: str
) -> GatheredDocument:
    """The decision as it is printed; who agreed by silence stands in no list."""
    with override(language):
        return _document(page, about, reader, language)


def _document(page: ProposalPage, about: RoundView, reader: str, language: str) -> GatheredDocument:
    reservations = tuple(
        DocumentSection(_("Reservation of %(state)s") % {"state": name_in(act.who, language)}, act.words)
        for act in about.reservations
    )
    stated = page.statement
    statement = (
        (
            DocumentSection(
                _("Statement of the chair, %(who)s") % {"who": name_in(stated.who, language)},
                stated.words,
                document_moment(stated.at, language),
            ),
        )
        if stated
        else ()
    )
    return GatheredDocument(
        title=page.title,
        marking=page.marking,
        chatham_house=False,
        reader=reader,
        exported_at=timezone.localtime(),
        body=page.body,
        sections=reservations + statement,
        facts=(
            (_("Decision"), page.reference),
            (_("Adopted by consensus"), document_moment(about.deadline, language)),
            (_("Proposed by"), name_in(page.owner_names, language)),
            (_("Chair"), name_in(about.chair, language)),
        ),
    )


def _language(request: HttpRequest) -> str:
    """The language asked for, where documents can be had in it; otherwise the reader's."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.DOCUMENT_LANGUAGES) else get_language() or "en"


def _reader(account: Account, language: str) -> str:
    standing = standing_of(account)
    posts = [name_in(titles, language) for titles in standing.posts]
    state = [standing.state.name(language)] if standing.state else []
    return ", ".join([account.name, *posts, *state])
