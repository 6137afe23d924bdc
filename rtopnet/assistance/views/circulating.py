"""Sending a request out: whom the state chooses, and in names what follows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.assistance.forms.requests import CirculateForm
from rtopnet.assistance.public import RequestSheet, address_request, circulate_request
from rtopnet.assistance.views.access import body_names, language, own_request_or_404, room_page
from rtopnet.assistance.views.asking import may
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, bodies_of, name_in
from rtopnet.sharing.public import who_would_read


@require_http_methods(["GET", "POST"])
@room_page
def circulate(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Whom do we ask?"""
    found = own_request_or_404(asked, decides=True)
    if not may(found)["circulate"]:
        return redirect("assistance_request", asked)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            address_request(by=account_of(request).pk, record=asked, audience=form.audience())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("assistance_circulate_check", asked)
    return render(request, "assistance/circulate.html", {"asked": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def check(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Exactly who would read it, before it leaves the state."""
    found = own_request_or_404(asked, decides=True)
    if not may(found)["circulate"]:
        return redirect("assistance_request", asked)
    refused = ""
    if request.method == "POST":
        try:
            circulate_request(by=account_of(request).pk, record=asked)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Circulated. You can withdraw it at any time."))
            return redirect("assistance_request", asked)
    audience, names = found.sheet.audience, body_names(request)
    chosen = sorted(names.get(one, "") for one in audience.states | audience.institutions)
    people = [person for person in who_would_read(asked).people if not person.is_own]
    context = {"asked": found, "chosen": chosen, "people": len(people), "refused": refused}
    return render(request, "assistance/circulate_check.html", context)


def _form(request: HttpRequest, found: RequestSheet) -> CirculateForm:
    bodies = [body for body in bodies_of(account_of(request).region_id) if body.id != found.state]
    named = [(str(body.id), name_in(body.names, language()), body.is_state) for body in bodies]
    audience = found.sheet.audience
    return CirculateForm(
        request.POST or None,
        states=[(key, name) for key, name, is_state in named if is_state],
        institutions=[(key, name) for key, name, is_state in named if not is_state],
        initial={
            "states": [str(one) for one in audience.states],
            "institutions": [str(one) for one in audience.institutions],
        },
    )
