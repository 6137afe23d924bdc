"""A state's answer to an invitation, and its delegation."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.meetings import AnswerForm, DelegateForms, DelegateFormSet
from rtopnet.meetings.public import (
    AnswerWords,
    DelegationSheet,
    MeetingLine,
    answer_invitation,
    delegation_sheet,
    delegations_to,
    meeting_line,
)
from rtopnet.meetings.views.access import language, meeting_page, note_read, sheet_or_404
from rtopnet.network.public import account_of, name_in, names_of
from rtopnet.sharing.public import record_sheet


@require_http_methods(["GET", "POST"])
@meeting_page
def answer(request: HttpRequest, record: UUID, state: UUID) -> HttpResponse:
    """Say whether one's state comes, and whom it sends."""
    found = sheet_or_404(record)
    if state not in found.answers_for:
        raise PermissionDenied
    before = next((one for one in delegations_to(record) if one.state == state), None)
    form, people = _forms(request, before)
    context = {
        "found": found,
        "meeting": found.line,
        "form": form,
        "people": people,
        "before": before,
        "state_names": names_of([state]).get(state, {}),
    }
    if request.method == "POST" and "add_person" in request.POST:
        context["people"] = _with_another(request)
        context["adding"] = True
        return render(request, "meetings/answer.html", context)
    if request.method == "POST" and form.is_valid() and people.is_valid():
        try:
            _send(request, found.line, state, form, people)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your answer is sent. You can change it until the meeting is over."))
            return redirect("meetings_meeting", record)
    return render(request, "meetings/answer.html", context)


@require_safe
@meeting_page
def delegation(request: HttpRequest, record: UUID) -> HttpResponse:
    """What a state answered, for itself, for whoever called the meeting, and for its host."""
    found, sheet = delegation_sheet(record), record_sheet(record)
    if found is None or sheet is None:
        raise Http404
    note_read(request, record, is_own=sheet.is_own)
    context = {"answer": found, "sheet": sheet, "meeting": meeting_line(found.meeting)}
    return render(request, "meetings/delegation.html", context)


def _send(
    request: HttpRequest, line: MeetingLine, state: UUID, form: AnswerForm, people: DelegateFormSet
) -> None:
    typed = form.cleaned_data
    kept = [person for person in people.forms if person not in people.deleted_forms]
    title = _("Answer of %(state)s to “%(meeting)s”") % {
        "state": name_in(names_of([state]).get(state, {}), language()),
        "meeting": line.title,
    }
    words = AnswerWords(typed["coming"], title[:300], typed["note"], tuple(person.words() for person in kept))
    answer_invitation(by=account_of(request).pk, meeting=line.record, state=state, answer=words)


def _forms(request: HttpRequest, before: DelegationSheet | None) -> tuple[AnswerForm, DelegateFormSet]:
    sheet = record_sheet(before.record) if before else None
    initial = {"coming": before.coming, "note": sheet.body if sheet else ""} if before else {}
    people = [
        {
            "name": person.name,
            "role": person.role,
            "credentials": person.credentials,
            "dietary": person.dietary,
            "access_needs": person.access_needs,
        }
        for person in (before.delegates if before else ())
    ]
    form = AnswerForm(request.POST or None, initial=initial)
    return form, DelegateForms(request.POST or None, prefix="people", initial=people)


def _with_another(request: HttpRequest) -> DelegateFormSet:
    typed = request.POST.copy()
    sent = typed.get("people-TOTAL_FORMS") or "0"
    typed["people-TOTAL_FORMS"] = str(min(int(sent) if sent.isdecimal() else 0, 50) + 1)
    typed.setdefault("people-INITIAL_FORMS", "0")
    return DelegateForms(typed, prefix="people")
