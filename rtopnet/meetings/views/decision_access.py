"""What every page about a text in silence begins with."""

from uuid import UUID

from django.http import Http404

from rtopnet.meetings.public import NotTakingPartError, ProposalPage, proposal_page
from rtopnet.sharing.public import reader_page

decision_page = reader_page(refused=(NotTakingPartError,))


def page_or_404(record: UUID) -> ProposalPage:
    """The text, where the reader sees anything of it.

    Raises:
        Http404: there is none to see.
    """
    page = proposal_page(record)
    if page is None:
        raise Http404
    return page
