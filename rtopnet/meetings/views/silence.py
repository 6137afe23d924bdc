"""What a state does in a round: each act on a page of its own, which says first what follows from it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.proposals import WordsForm
from rtopnet.meetings.public import (
    Deed,
    NotTakingPartError,
    SilenceOverError,
    add_statement,
    ask_for_more_time,
    break_silence,
    comment_on_round,
    join_with_reservation,
    look_again,
    stay_silent,
    take_back_reservation,
    withdraw_from_silence,
)
from rtopnet.meetings.views.decision_access import decision_page, page_or_404
from rtopnet.network.public import account_of

Did = Callable[[UUID, UUID, str, str], None]


class _Act:
    """How an act is asked for, done and answered."""

    def __init__(self, label: Promise, done: Promise, do: Did, *, is_needed: bool = True) -> None:
        self.label, self.done, self.do, self.is_needed = label, done, do, is_needed


_ACTS: dict[Deed, _Act] = {
    Deed.BREAK: _Act(
        gettext_lazy("Why does your state not agree?"),
        gettext_lazy("The silence is broken. The text is back with its drafter, and all were told."),
        lambda by, procedure, words, _seen: break_silence(by=by, procedure=procedure, reason=words),
    ),
    Deed.EXTENSION: _Act(
        gettext_lazy("Why does your state need more time?"),
        gettext_lazy("The deadline is later for all. They were told."),
        lambda by, procedure, words, _seen: ask_for_more_time(by=by, procedure=procedure, reason=words),
        is_needed=False,
    ),
    Deed.RESERVATION: _Act(
        gettext_lazy("Your state's reservation"),
        gettext_lazy("The reservation stands. You can change it or take it back until the deadline."),
        lambda by, procedure, words, seen: join_with_reservation(
            by=by, procedure=procedure, words=words, seen=seen
        ),
    ),
    Deed.RETRACTION: _Act(
        gettext_lazy("Words"),
        gettext_lazy("The reservation is taken back; it will not be printed."),
        lambda by, procedure, _words, _seen: take_back_reservation(by=by, procedure=procedure),
        is_needed=False,
    ),
    Deed.COMMENT: _Act(
        gettext_lazy("Your comment"),
        gettext_lazy("All who read the text can read your comment."),
        lambda by, procedure, words, _seen: comment_on_round(by=by, procedure=procedure, words=words),
    ),
    Deed.WITHDRAWAL: _Act(
        gettext_lazy("Why do you take it out of silence?"),
        gettext_lazy("It is out of silence, and yours to change. Those who were asked have been told."),
        lambda by, procedure, words, _seen: withdraw_from_silence(by=by, procedure=procedure, reason=words),
        is_needed=False,
    ),
}


@require_http_methods(["GET", "POST"])
@decision_page
def act(request: HttpRequest, record: UUID, deed: str) -> HttpResponse:
    """Do one thing in the round, once it is said what follows."""
    page, about = page_or_404(record), Deed(deed)
    if page.round is None or (request.method != "POST" and about not in page.open_deeds):
        raise PermissionDenied
    what = _ACTS[about]
    initial = {"words": page.own_reservation} if about is Deed.RESERVATION else {}
    typed = request.POST if request.method == "POST" else None
    form = WordsForm(typed, label=what.label, is_needed=what.is_needed, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            what.do(
                account_of(request).pk,
                _round_meant(request, page.round.id),
                form.cleaned_data.get("words", ""),
                request.POST.get("seen", page.own_reservation),
            )
        except NotTakingPartError:
            raise
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(what.done))
            return redirect("meetings_proposal", record)
    return render(request, "meetings/silence_act.html", {"page": page, "form": form, "deed": about.value})


@require_POST
@decision_page
def silent(request: HttpRequest, record: UUID) -> HttpResponse:
    """Note for one's own state alone that it means to stay silent, or take that back."""
    page = page_or_404(record)
    if page.round is None:
        raise PermissionDenied
    by, procedure = account_of(request).pk, page.round.id
    try:
        if "look_again" in request.POST:
            look_again(by=by, procedure=procedure)
            messages.success(request, _("It waits for you again."))
        else:
            stay_silent(by=by, procedure=procedure)
            messages.success(request, _("Noted for your own state alone. Nothing will remind you."))
    except SilenceOverError as error:
        messages.error(request, str(error))
    return redirect("meetings_proposal", record)


@require_http_methods(["GET", "POST"])
@decision_page
def statement(request: HttpRequest, record: UUID) -> HttpResponse:
    """The chair's statement on what was adopted, once."""
    page = page_or_404(record)
    if page.round is None or not page.may_state:
        raise PermissionDenied
    form = WordsForm(request.POST or None, label=gettext_lazy("The chair's statement"))
    if request.method == "POST" and form.is_valid():
        try:
            words: dict[str, Any] = form.cleaned_data
            add_statement(by=account_of(request).pk, procedure=page.round.id, words=words["words"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The statement stands with the decision."))
            return redirect("meetings_proposal", record)
    return render(request, "meetings/silence_act.html", {"page": page, "form": form, "deed": "statement"})


def _round_meant(request: HttpRequest, present: UUID) -> UUID:
    """The round that the page showed; another began meanwhile where it is not the present one."""
    try:
        return UUID(request.POST.get("round", str(present)))
    except ValueError:
        return present
