"""Groups of addressees that one's state or institution keeps."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, bodies_of, desks_held, name_in, people_of_region
from rtopnet.sharing.forms.sharing import Addressable, GroupForm
from rtopnet.sharing.public import groups_in_sight, make_group, set_members
from rtopnet.sharing.views.access import record_page


@require_http_methods(["GET", "POST"])
@record_page
def groups(request: HttpRequest) -> HttpResponse:
    """Which groups do we keep, and who is in them?"""
    account = account_of(request)
    desks = desks_held(account.pk)
    if not desks:
        raise PermissionDenied
    form = GroupForm(request.POST or None, addressable=_addressable(request))
    if request.method == "POST" and form.is_valid():
        try:
            group = make_group(
                by=account.pk,
                keeper=desks[0].id,
                is_state=desks[0].is_state,
                name=form.cleaned_data["name"],
            )
            set_members(by=account.pk, group=group, name=form.cleaned_data["name"], members=form.members())
        except RuleBrokenError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The group is kept. Records can be addressed to it from now on."))
            return redirect("records_groups")
    return render(request, "sharing/groups.html", {"groups": groups_in_sight(), "form": form})


@require_http_methods(["GET", "POST"])
@record_page
def group(request: HttpRequest, group: UUID) -> HttpResponse:
    """Who is in the group? What is addressed to it follows at once."""
    found = next((one for one in groups_in_sight() if one.id == group), None)
    if found is None:
        raise Http404
    initial = {
        "name": found.name,
        "states": [str(one) for one in found.members.states],
        "institutions": [str(one) for one in found.members.institutions],
        "persons": [str(one) for one in found.members.persons],
    }
    form = GroupForm(request.POST or None, addressable=_addressable(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_members(
                by=account_of(request).pk,
                group=group,
                name=form.cleaned_data["name"],
                members=form.members(),
            )
        except RuleBrokenError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("records_groups")
    return render(request, "sharing/group.html", {"group": found, "form": form})


def _addressable(request: HttpRequest) -> Addressable:
    language, region = get_language() or "en", account_of(request).region_id
    bodies = bodies_of(region)
    return Addressable(
        states=[(str(body.id), name_in(body.names, language)) for body in bodies if body.is_state],
        institutions=[(str(body.id), name_in(body.names, language)) for body in bodies if not body.is_state],
        groups=[],
        persons=[(str(person.id), person.name) for person in people_of_region(region)],
    )
