"""What did we promise, and what happened?"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.actions import ActionForm, NoteForm, SetActionForm
from rtopnet.meetings.public import (
    ACTIONS_ON_A_PAGE,
    ActionSheet,
    Shown,
    action_sheet,
    actions_in_sight,
    meeting_line,
    note_progress,
    promise_action,
    set_action,
)
from rtopnet.meetings.views.access import (
    Choices,
    addressable,
    id_in,
    language,
    marked_line,
    meeting_page,
    named_choices,
    note_read,
    paper_choices,
)
from rtopnet.network.public import Account, account_of, directory_of, places_held
from rtopnet.sharing.public import attachments_of, record_sheet


@require_safe
@meeting_page
def actions(request: HttpRequest) -> HttpResponse:
    """What did we promise, and what happened?"""
    shown = request.GET.get("show", "open")
    if shown not in {"open", "done", "all"}:
        raise Http404
    page = request.GET.get("page", "1")
    number = max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1  # noqa: PLR2004 -- pages, not ids
    lines, more = actions_in_sight(shown=cast("Shown", shown), start=(number - 1) * ACTIONS_ON_A_PAGE)
    context = {
        "actions": lines,
        "shown": shown,
        "next": number + 1 if more else None,
        "may_promise": bool(places_held(account_of(request).pk)),
    }
    return render(request, "meetings/actions.html", context)


@require_safe
@meeting_page
def action(request: HttpRequest, record: UUID) -> HttpResponse:
    """What was promised, by whom, by when, and what became of it?"""
    found = _action(record)
    note_read(request, record, is_own=found.sheet.is_own)
    context = {
        "found": found,
        "action": found.line,
        "sheet": found.sheet,
        "files": attachments_of(record),
    }
    return render(request, "meetings/action.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def new_action(request: HttpRequest) -> HttpResponse:
    """Promise something, lifted from a line of minutes or by itself."""
    account = account_of(request)
    places = places_held(account.pk)
    if not places:
        raise PermissionDenied
    meeting, passage, initial = _lifted(request)
    form = ActionForm(
        request.POST or None,
        owners=named_choices(places),
        posts=post_choices(account),
        initial=initial,
        **addressable(account),
    )
    if request.method == "POST" and form.is_valid():
        owner = next(body for body in places if str(body.id) == form.cleaned_data["owner"])
        owners = {"state" if owner.is_state else "institution": owner.id}
        try:
            made = promise_action(
                by=account.pk,
                promise=form.promise(),
                marking=form.marked(),
                audience=form.audience(),
                meeting=meeting,
                passage=passage,
                **owners,
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is saved. Only your own people read it so far."))
            return redirect("meetings_action", made)
    line = meeting_line(meeting) if meeting else None
    return render(request, "meetings/action_new.html", {"form": form, "meeting": line})


@require_http_methods(["GET", "POST"])
@meeting_page
def change_action(request: HttpRequest, record: UUID) -> HttpResponse:
    """Name who answers for it from now on, and by when."""
    found = _action(record)
    if not found.sheet.decides:
        raise PermissionDenied
    account = account_of(request)
    posts = post_choices(account)
    initial = {"post": str(found.line.post), "due_on": found.line.due_on}
    form = SetActionForm(request.POST or None, posts=posts, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        set_action(by=account.pk, action=record, post=UUID(typed["post"]), due_on=typed["due_on"])
        messages.success(request, _("Saved."))
        return redirect("meetings_action", record)
    context = {"action": found.line, "sheet": found.sheet, "form": form}
    return render(request, "meetings/action_change.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def note(request: HttpRequest, record: UUID) -> HttpResponse:
    """Tell what became of it."""
    found = _action(record)
    if not found.tells:
        raise PermissionDenied
    form = NoteForm(request.POST or None, papers=paper_choices([]))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        note_progress(
            by=account_of(request).pk,
            action=record,
            became=typed["became"],
            text=typed["text"],
            papers=[UUID(one) for one in typed.get("papers", ())],
        )
        messages.success(request, _("Saved. Everybody who reads the action sees it."))
        return redirect("meetings_action", record)
    context = {"action": found.line, "sheet": found.sheet, "form": form}
    return render(request, "meetings/action_note.html", context)


def post_choices(account: Account) -> Choices:
    """Every post of the reader's region, with its state or institution."""
    found = directory_of(account, language())
    return [
        (str(post.id), f"{post.title}, {body.name}")
        for body in (*found.states, *found.bodies)
        for post in body.posts
    ]


def _action(record: UUID) -> ActionSheet:
    found = action_sheet(record)
    if found is None:
        raise Http404
    return found


def _lifted(request: HttpRequest) -> tuple[UUID | None, UUID | None, dict[str, object]]:
    """The meeting, the passage, and what the form begins with, where a line of minutes was marked."""
    marked = marked_line(request)
    if marked is None:
        meeting = id_in(request.GET.get("meeting", ""))
        line = meeting_line(meeting) if meeting else None
        return (line.record if line else None), None, {"network": False}
    sheet = record_sheet(marked.minutes)
    is_wide = sheet is not None and sheet.audience.network and not marked.on_item
    return marked.meeting, marked.passage, {"title": marked.text[:300], "network": is_wide}
