"""Transmitting what is cleared, and what comes of it."""

from io import BytesIO
from typing import Protocol
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.advice.forms.papers import ActionForm, WordsForm
from rtopnet.advice.public import (
    Deed,
    SentPage,
    acknowledge_advice,
    answer_advice,
    close_advice,
    file_contents,
    follow_up,
    transmit_paper,
)
from rtopnet.advice.views.access import advice_page, language, paper_at_the_desk, sent_or_404
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Account, account_of, directory_of
from rtopnet.sharing.public import note_reading


@require_http_methods(["GET", "POST"])
@advice_page
def transmit(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Who receives it, and what goes along?"""
    page = paper_at_the_desk(advice, Deed.TRANSMIT)
    refused = ""
    if request.method == "POST":
        try:
            sent = transmit_paper(by=account_of(request).pk, record=advice)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Transmitted. The office has been told."))
            return redirect("network_advice_sent", sent)
    return render(request, "advice/transmit.html", {"page": page, "refused": refused})


@require_safe
@advice_page
def sent(request: HttpRequest, sent: UUID) -> HttpResponse:
    """What was transmitted, and what came of it?"""
    page = sent_or_404(sent)
    if not page.sheet.is_own:
        note_reading(by=account_of(request).pk, record=sent)
    return render(request, "advice/sent.html", {"page": page, "now": now()})


@require_safe
@advice_page
def files(request: HttpRequest, sent: UUID) -> HttpResponse:
    """All files that were transmitted, in one zip, as they were signed."""
    page = sent_or_404(sent)
    note_reading(by=account_of(request).pk, record=sent, how="exported")
    answer = HttpResponse(zipped(sent), content_type="application/zip")
    name = page.reference.replace("/", "-").lower()
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


@require_http_methods(["GET", "POST"])
@advice_page
def acknowledge(request: HttpRequest, sent: UUID) -> HttpResponse:
    """Say that the office received it."""
    form = WordsForm(request.POST or None, label=_("A word to the network, if you like"), is_needed=False)
    return _act(request, sent, Deed.ACKNOWLEDGE, form, acknowledge_advice, _("Acknowledged."))


@require_http_methods(["GET", "POST"])
@advice_page
def answer(request: HttpRequest, sent: UUID) -> HttpResponse:
    """Answer for the office."""
    form = WordsForm(request.POST or None, label=_("The office's answer"))
    done = _("Answered. All who read what was transmitted read the answer.")
    return _act(request, sent, Deed.ANSWER, form, answer_advice, done)


@require_http_methods(["GET", "POST"])
@advice_page
def close(request: HttpRequest, sent: UUID) -> HttpResponse:
    """Say that nothing more follows."""
    form = WordsForm(request.POST or None, label=_("What came of it?"), is_needed=False)
    return _act(request, sent, Deed.CLOSE, form, close_advice, _("Closed."))


@require_http_methods(["GET", "POST"])
@advice_page
def follow(request: HttpRequest, sent: UUID) -> HttpResponse:
    """Promise an action that follows."""
    page = _page_for(sent, Deed.FOLLOW_UP)
    form = ActionForm(request.POST or None, posts=_posts(account_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            follow_up(by=account_of(request).pk, record=sent, promise=form.promise())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Promised. It stands among the actions of the network."))
            return redirect("network_advice_sent", sent)
    return render(request, "advice/follow_up.html", {"page": page, "form": form})


class _Do(Protocol):
    def __call__(self, *, by: UUID, record: UUID, words: str) -> None: ...


def zipped(sent: UUID) -> bytes:
    """All files of a transmission in one zip."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, _media_type, content in file_contents(sent):
            archive.writestr(name, content)
    return packed.getvalue()


def _act(request: HttpRequest, sent: UUID, deed: Deed, form: WordsForm, do: _Do, done: str) -> HttpResponse:
    page = _page_for(sent, deed)
    if request.method == "POST" and form.is_valid():
        try:
            do(by=account_of(request).pk, record=sent, words=form.cleaned_data["words"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("network_advice_sent", sent)
    return render(request, "advice/sent_act.html", {"page": page, "form": form, "deed": deed.value})


def _page_for(sent: UUID, deed: Deed) -> SentPage:
    page = sent_or_404(sent)
    if not page.may[deed.value]:
        raise PermissionDenied
    return page


def _posts(account: Account) -> list[tuple[str, str]]:
    found = directory_of(account, language())
    return [
        (str(post.id), f"{post.title}, {body.name}")
        for body in (*found.states, *found.bodies)
        for post in body.posts
    ]
