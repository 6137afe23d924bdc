"""What every page about a text in silence begins with."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from rtopnet.meetings.public import NotTakingPartError, ProposalPage, proposal_page
from rtopnet.network.public import account_of, time_zone_of
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError

View = Callable[..., HttpResponse]


def decision_page(view: View) -> View:
    """Let signed-in readers in, in their own time zone; what is out of sight is as if it were not there."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with timezone.override(ZoneInfo(time_zone_of(account_of(request)))):
            try:
                return view(request, *args, **kwargs)
            except RecordNotInSightError as error:
                raise Http404 from error
            except (OwnerDecidesError, NotTakingPartError) as error:
                raise PermissionDenied(str(error)) from error

    return answer


def page_or_404(record: UUID) -> ProposalPage:
    """The text, where the reader sees anything of it.

    Raises:
        Http404: there is none to see.
    """
    page = proposal_page(record)
    if page is None:
        raise Http404
    return page
