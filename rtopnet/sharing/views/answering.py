"""What waits for one's answer: requests for release, consultations, receipts."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held
from rtopnet.sharing.forms.sharing import ReceiptForm, WordsForm
from rtopnet.sharing.public import (
    Became,
    answer_request,
    consultation_in_sight,
    receipt_in_sight,
    replies_on,
    reply_as_concerned,
    request_in_sight,
    requests_in_sight,
    sign_receipt,
)
from rtopnet.sharing.views.access import record_page


@require_safe
@record_page
def requests(request: HttpRequest) -> HttpResponse:
    """Who asks to read what, and what became of what I asked?"""
    found = requests_in_sight()
    context = {
        "mine": [asked for asked in found if asked.is_mine],
        "ours": [asked for asked in found if not asked.is_mine],
    }
    return render(request, "sharing/requests.html", context)


@require_http_methods(["GET", "POST"])
@record_page
def release_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """One request for release: for who asked its state, for the owner's desk the answer."""
    found = request_in_sight(asked)
    if found is None:
        raise Http404
    form = WordsForm(request.POST or None, label=_("Your answer to who asks"))
    if request.method == "POST" and found.granted is None and form.is_valid():
        try:
            answer_request(
                by=account_of(request).pk,
                request=asked,
                granted="grant" in request.POST,
                answer=form.cleaned_data["words"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Answered."))
            return redirect("records_request", asked)
    return render(request, "sharing/request.html", {"asked": found, "form": form})


@require_http_methods(["GET", "POST"])
@record_page
def consultation(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """What was my state told, and what does it reply?"""
    asked = consultation_in_sight(consultation)
    if asked is None:
        raise Http404
    may_reply = asked.state in {body.id for body in desks_held(account_of(request).pk)}
    form = WordsForm(request.POST or None, label=_("Your state's reply"))
    if request.method == "POST" and may_reply and form.is_valid():
        try:
            reply_as_concerned(
                by=account_of(request).pk, consultation=consultation, body=form.cleaned_data["words"]
            )
        except RuleBrokenError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("Your reply is attached to the record for all who read it."))
            return redirect("records_consultation", consultation)
    context = {
        "asked": asked,
        "replies": replies_on(asked.record),
        "form": form,
        "may_reply": may_reply,
    }
    return render(request, "sharing/consultation.html", context)


@require_http_methods(["GET", "POST"])
@record_page
def receipt(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """What became of the copies that we had?"""
    asked = receipt_in_sight(receipt)
    if asked is None:
        raise Http404
    may_sign = asked.body in {body.id for body in desks_held(account_of(request).pk)}
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and may_sign and asked.signed_at is None and form.is_valid():
        try:
            sign_receipt(
                by=account_of(request).pk,
                receipt=receipt,
                became=Became(form.cleaned_data["became"]),
                note=form.cleaned_data["note"],
            )
        except RuleBrokenError as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("Signed. The owner sees it."))
            return redirect("records_receipt", receipt)
    return render(request, "sharing/receipt.html", {"asked": asked, "form": form, "may_sign": may_sign})
