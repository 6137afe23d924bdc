"""What every page of the room begins with."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import get_language

from rtopnet.advice.public import Deed, PaperPage, SentPage, allows, paper_page, sent_page
from rtopnet.sharing.public import reader_page

advice_page = reader_page()


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def paper_or_404(advice: UUID) -> PaperPage:
    """The paper, where the reader sees anything of it.

    Raises:
        Http404: there is none to see.
    """
    page = paper_page(advice)
    if page is None:
        raise Http404
    return page


def paper_at_the_desk(advice: UUID, deed: Deed) -> PaperPage:
    """The paper, for its owner's desk, where ``deed`` can be done.

    Raises:
        Http404: there is none to see.
        PermissionDenied: it is another's, or does not stand so.
    """
    page = paper_or_404(advice)
    if not page.decides or not allows(page.stage, deed):
        raise PermissionDenied
    return page


def drafted_paper(advice: UUID) -> PaperPage:
    """The paper, for whoever drafts it, while it is a draft.

    Raises:
        Http404: there is none to see.
        PermissionDenied: the reader does not draft it, or nobody does now.
    """
    page = paper_or_404(advice)
    if page.draft is None:
        raise PermissionDenied
    return page


def sent_or_404(sent: UUID) -> SentPage:
    """The transmission, where the reader reads it.

    Raises:
        Http404: there is none to see.
    """
    page = sent_page(sent)
    if page is None:
        raise Http404
    return page
