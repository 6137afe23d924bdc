"""Taking a report out with all that proves it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from rtopnet.network.public import Account, account_of, name_in, standing_of
from rtopnet.warning.evidence.public import PackageTooLargeError, export_report
from rtopnet.warning.evidence.views.access import language, report_or_404, room_page


@require_safe
@room_page
def package(request: HttpRequest, report: UUID) -> HttpResponse | FileResponse:
    """The report, its originals, its chain of custody, all hashes and a signature, as one zip."""
    report_or_404(report)
    account = account_of(request)
    try:
        packed = export_report(by=account.pk, record=report, reader=_reader(account))
    except PackageTooLargeError as error:
        messages.error(request, str(error))
        return redirect("situation_report", report)
    return FileResponse(packed.content, as_attachment=True, filename=packed.name)


def _reader(account: Account) -> str:
    standing = standing_of(account)
    posts = [name_in(titles, language()) for titles in standing.posts]
    state = [standing.state.name(language())] if standing.state else []
    return ", ".join([account.name, *posts, *state])
