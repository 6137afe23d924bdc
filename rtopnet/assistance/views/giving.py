"""Contributions, what is still missing, and the file that anybody may read."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.assistance.forms.deployments import ContributionForm, GivenForm
from rtopnet.assistance.iati import iati_file
from rtopnet.assistance.public import add_step, contribute, contributions_in_sight, money_of
from rtopnet.assistance.views.access import language, request_or_404, room_page
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held, name_in, region_of
from rtopnet.sharing.public import Marking, note_reading


@require_safe
@room_page
def contributions(request: HttpRequest) -> HttpResponse:
    """What is asked for, given and missing, as far as we may see?"""
    context = {"given": contributions_in_sight(), "money": money_of()}
    return render(request, "assistance/contributions.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Give money or goods for a request."""
    found = request_or_404(asked)
    bodies = desks_held(account_of(request).pk)
    if found.sheet.released_at is None:
        raise Http404
    if not bodies:
        raise PermissionDenied
    named = [(str(body.id), name_in(body.names, language())) for body in bodies]
    form = ContributionForm(request.POST or None, bodies=named)
    if request.method == "POST" and form.is_valid():
        try:
            record = contribute(
                by=account_of(request).pk,
                request=asked,
                body=UUID(form.cleaned_data["body"]),
                title=form.cleaned_data["title"],
                given=form.given(),
                marking=Marking(form.cleaned_data["marking"]),
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Noted. The asking state reads it."))
            return redirect("assistance_contribution", record)
    return render(request, "assistance/contribution_write.html", {"asked": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def one(request: HttpRequest, contribution: UUID) -> HttpResponse:
    """How far has a contribution come? Its giver goes a step further."""
    found = next(iter(contributions_in_sight(contribution=contribution)), None)
    if found is None:
        raise Http404
    if not found.is_own:
        note_reading(by=account_of(request).pk, record=contribution)
    form = GivenForm(request.POST or None)
    if request.method == "POST" and found.decides and form.is_valid():
        try:
            add_step(by=account_of(request).pk, contribution=contribution, given=form.given())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Noted."))
            return redirect("assistance_contribution", contribution)
    return render(request, "assistance/contribution.html", {"given": found, "form": form})


@require_safe
@room_page
def iati(request: HttpRequest) -> HttpResponse:
    """What may be published, as an IATI activity file."""
    region = region_of(account_of(request))
    answer = HttpResponse(iati_file(region, language()), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{region.slug}-activities.xml"'
    return answer
