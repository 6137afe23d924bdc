"""What every page of the room begins with: who reads, when it is there, how a broken rule is answered."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from rtopnet.network.public import account_of, time_zone_of
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError, RecordSheet, record_sheet

View = Callable[..., HttpResponse]


def record_page(view: View) -> View:
    """Let signed-in readers in, in their own time zone; what is out of sight is as if it were not there."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with timezone.override(ZoneInfo(time_zone_of(account_of(request)))):
            try:
                return view(request, *args, **kwargs)
            except RecordNotInSightError as error:
                raise Http404 from error
            except OwnerDecidesError as error:
                raise PermissionDenied(str(error)) from error

    return answer


def sheet_for_desk(record: UUID) -> RecordSheet:
    """The record, for those who decide for its owner.

    Raises:
        Http404: it is not in sight.
        PermissionDenied: it is another's, or the owner's contributors'.
    """
    sheet = record_sheet(record)
    if sheet is None:
        raise Http404
    if not sheet.decides:
        raise PermissionDenied
    return sheet
