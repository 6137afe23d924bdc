"""Inviting people to one's posts, closing their accounts, and accepting an invitation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.network.access import account_of
from rtopnet.network.account_forms import AcceptanceForm, CodeForm, InvitationForm
from rtopnet.network.beside import send_invitation
from rtopnet.network.public import (
    Account,
    AddressInUseError,
    CannotCloseError,
    GivenInvitation,
    InvitationSpentError,
    NoSuchInvitationError,
    NotYourPostError,
    OfferedTo,
    accept_invitation,
    acting_desks,
    close_account,
    decides_for_state,
    invitation_behind,
    invitations_of_desks,
    invite,
    invite_to_new_post,
    name_in,
    people_of_desks,
    region_of,
    vacant_posts_of_desks,
    withdraw_invitation,
)
from rtopnet.network.second_factor import note_password

BACKEND = "rtopnet.network.authentication.AccountBackend"
JUST_GIVEN = "rtopnet.invitation"
"""Where the session keeps an invitation's code from giving it until it is shown, once."""


@require_http_methods(["GET", "POST"])
@login_required
def invitations(request: HttpRequest) -> HttpResponse:
    """Who can be invited, who was, and who holds our posts?"""
    account = account_of(request)
    if not acting_desks():
        raise Http404
    form = _invitation_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            given = _give(form, account)
        except NotYourPostError:
            form.add_error("post", _("This post is not open to invitations any more."))
        else:
            link = request.build_absolute_uri(reverse("account_invitation_code", args=[given.code]))
            send_invitation(given, link=link, region=region_of(account).names)
            request.session[JUST_GIVEN] = {"email": given.email, "link": link, "code": given.code}
            return redirect("network_invitations")
    context = {
        "form": form,
        "given": request.session.pop(JUST_GIVEN, None),
        "lines": invitations_of_desks(),
        "people": people_of_desks(),
    }
    return render(request, "network/invitations.html", context)


@require_POST
@login_required
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    try:
        withdraw_invitation(by=account_of(request), invitation_id=invitation_id)
    except NoSuchInvitationError as error:
        raise Http404 from error
    messages.success(request, _("The invitation is withdrawn. Its link and code open nothing any more."))
    return redirect("network_invitations")


@require_http_methods(["GET", "POST"])
@login_required
def close(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Ask once more, then close an account of one's own people."""
    person = next((one for one in people_of_desks() if one.account_id == account_id), None)
    if person is None or not person.may_be_closed:
        raise Http404
    if request.method == "GET":
        return render(request, "network/close_account.html", {"person": person})
    try:
        close_account(by=account_of(request), account_id=account_id)
    except CannotCloseError as error:
        raise Http404 from error
    messages.success(request, _("The account of %(name)s is closed.") % {"name": person.name})
    return redirect("network_invitations")


@never_cache
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Where somebody types the code they were handed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if invitation_behind(form.cleaned_data["code"]):
            return redirect("account_invitation_code", form.cleaned_data["code"].strip())
        form.add_error("code", _("This code opens nothing. It may have been used, withdrawn, or run out."))
    return render(request, "network/enter_code.html", {"form": form})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """What one is invited to; a name and a password open the account."""
    offer = invitation_behind(code)
    if offer is None:
        return render(request, "network/invitation_spent.html", status=410)
    form = AcceptanceForm(request.POST or None, initial={"language": offer.language})
    if request.method == "POST" and form.is_valid():
        try:
            account = accept_invitation(code=code, **form.cleaned_data)
        except InvitationSpentError:
            return render(request, "network/invitation_spent.html", status=410)
        except AddressInUseError:
            form.add_error(
                None, _("No account can be opened for this address. Ask to be invited at another.")
            )
        else:
            login(request, account, backend=BACKEND)
            note_password(request, account)
            return redirect("account_second_factor")
    return render(request, "network/accept_invitation.html", _offer_context(offer, form))


def _offer_context(offer: OfferedTo, form: AcceptanceForm) -> dict[str, object]:
    language = translation.get_language() or "en"
    return {
        "offer": offer,
        "form": form,
        "post": offer.post(language),
        "body": name_in(offer.body_names, language),
        "region": name_in(offer.region_names, language),
    }


def _invitation_form(request: HttpRequest) -> InvitationForm:
    return InvitationForm(
        request.POST or None,
        posts=vacant_posts_of_desks(),
        may_make=decides_for_state(),
        reader_language=translation.get_language() or "en",
    )


def _give(form: InvitationForm, by: Account) -> GivenInvitation:
    wanted = form.cleaned_data
    whom = {"email": wanted["email"], "language": wanted["language"]}
    if wanted["post"].startswith("new:"):
        kind = wanted["post"].removeprefix("new:")
        return invite_to_new_post(by=by, kind=kind, title=wanted["title"], **whom)
    return invite(by=by, post_id=UUID(wanted["post"]), **whom)
