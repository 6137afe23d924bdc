"""What pages about records begin and end with, in this room and in those above."""

from collections.abc import Callable, Mapping
from functools import wraps
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from rtopnet.audit.public import seal
from rtopnet.network.public import account_of, time_zone_of
from rtopnet.sharing.rules import Marking, OwnerDecidesError, RecordNotInSightError

View = Callable[..., HttpResponseBase]
Errors = tuple[type[Exception], ...]


def reader_page(*, absent: Errors = (), refused: Errors = ()) -> Callable[[View], View]:
    """Let signed-in readers in, in their own time zone; what is out of sight is as if it were not there.

    Args:
        absent: errors of the room that mean the same as a record out of sight.
        refused: errors of the room that mean the same as a deed of the owner's alone.
    """
    unseen: Errors = (RecordNotInSightError, *absent)
    not_theirs: Errors = (OwnerDecidesError, *refused)

    def let_in(view: View) -> View:
        @login_required
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            with timezone.override(ZoneInfo(time_zone_of(account_of(request)))):
                try:
                    page = view(request, *args, **kwargs)
                except unseen as error:
                    raise Http404 from error
                except not_theirs as error:
                    raise PermissionDenied(str(error)) from error
            # A recall must find no copy of it kept by a browser or on the way.
            page.headers.setdefault("Cache-Control", "private, no-store")
            return page

        return answer

    return let_in


def signed_copy(
    pdf: bytes, *, name: str, marking: Marking, reader: str, claims: Mapping[str, str] | None = None
) -> HttpResponse:
    """A PDF with its detached signature beside it, as one zip to take away.

    Args:
        pdf: the document.
        name: of the files, without an ending.
        marking: the strictest of what the document holds.
        reader: who took it, as it stands on each page.
        claims: what else the signature says of it.
    """
    says = {**(claims or {}), "marking": f"TLP:{marking.name.replace('_', '+')}", "reader": reader}
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr(f"{name}.pdf", pdf)
        zipped.writestr(f"{name}.pdf.sig.json", seal(pdf, says))
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer
