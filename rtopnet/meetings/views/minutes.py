"""Minutes: writing them together, reading them, closing them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.minutes import (
    ApprovalForm,
    BeginMinutesForm,
    HeadingForm,
    PassageForm,
    WritersForm,
)
from rtopnet.meetings.public import (
    MinutesSheet,
    PassageClashError,
    PassageLine,
    add_passage,
    begin_minutes,
    close_minutes,
    lifted_from,
    meeting_line,
    minutes_of_meeting,
    minutes_sheet,
    name_writers,
    passage_in_sight,
    put_minutes_in_silence,
    reopen_minutes,
    save_passage,
    texts_of_passage,
)
from rtopnet.meetings.views.access import language, meeting_page, note_read, sheet_or_404
from rtopnet.network.public import account_of, desks_held, name_in, people_of_region, places_held


@require_safe
@meeting_page
def minutes(request: HttpRequest, record: UUID) -> HttpResponse:
    """What was said, and what came of it?"""
    found = _minutes(record)
    if found.sheet is not None:
        note_read(request, record, is_own=found.sheet.is_own)
    passages = found.passages
    lifted = lifted_from([passage.id for passage in passages])
    context = {
        "minutes": found,
        "sheet": found.sheet,
        "meeting": meeting_line(found.meeting),
        "passages": [(passage, lifted.get(passage.id, [])) for passage in passages],
        "heading": HeadingForm() if found.writes else None,
        "may_lift": bool(places_held(account_of(request).pk)),
        "may_propose": bool(desks_held(account_of(request).pk)),
    }
    return render(request, "meetings/minutes.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def begin(request: HttpRequest, record: UUID) -> HttpResponse:
    """Begin the minutes of a meeting; once begun, this leads to them."""
    found = sheet_or_404(record)
    standing = minutes_of_meeting(record)
    if standing is not None:
        return redirect("meetings_minutes", standing)
    if not found.decides or found.sheet.released_at is None:
        raise PermissionDenied
    title = _("Minutes of “%(title)s”") % {"title": found.line.title}
    form = BeginMinutesForm(request.POST or None, initial={"title": title[:300]})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = begin_minutes(
            by=account_of(request).pk, meeting=record, title=typed["title"], body=typed["body"]
        )
        return redirect("meetings_minutes", made)
    return render(
        request, "meetings/minutes_begin.html", {"found": found, "meeting": found.line, "form": form}
    )


@require_http_methods(["GET", "POST"])
@meeting_page
def passage(request: HttpRequest, passage: UUID) -> HttpResponse:
    """Write a passage; another's change meanwhile is taken in or shown beside one's own."""
    record, line = _passage(passage)
    found = _minutes(record)
    if not found.writes:
        raise PermissionDenied
    form = PassageForm(request.POST or None, initial={"base": line.number, "text": line.text})
    context: dict[str, object] = {
        "minutes": found,
        "sheet": found.sheet,
        "meeting": meeting_line(found.meeting),
        "passage": line,
    }
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            number = save_passage(
                by=account_of(request).pk, passage=passage, base=typed["base"], text=typed["text"]
            )
        except PassageClashError as clash:
            context["clash"] = clash
            form = PassageForm(initial={"base": clash.number, "text": clash.mine})
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            taken_in = number > typed["base"] + 1
            messages.success(
                request, _("Saved, with what others changed meanwhile.") if taken_in else _("Saved.")
            )
            return redirect("meetings_minutes", record)
    context["form"] = form
    return render(request, "meetings/passage.html", context)


@require_safe
@meeting_page
def history(request: HttpRequest, passage: UUID) -> HttpResponse:
    """Everything that was saved of a passage, for those who write."""
    record, line = _passage(passage)
    found = _minutes(record)
    texts = texts_of_passage(passage)
    if not texts:
        raise Http404
    context = {
        "minutes": found,
        "sheet": found.sheet,
        "meeting": meeting_line(found.meeting),
        "passage": line,
        "texts": texts,
    }
    return render(request, "meetings/passage_history.html", context)


@require_POST
@meeting_page
def add(request: HttpRequest, record: UUID) -> HttpResponse:
    """Put in a passage on an item, or under a heading."""
    found = _minutes(record)
    if not found.writes:
        raise PermissionDenied
    form = HeadingForm(request.POST)
    items = {str(item): item for item, _title in found.open_items}
    item = items.get(request.POST.get("item", ""))
    if item is None and not form.is_valid():
        messages.error(request, _("Write a heading for the passage."))
        return redirect("meetings_minutes", record)
    heading = "" if item else form.cleaned_data["heading"]
    made = add_passage(by=account_of(request).pk, minutes=record, item=item, heading=heading)
    return redirect("meetings_passage", made)


@require_http_methods(["GET", "POST"])
@meeting_page
def writers(request: HttpRequest, record: UUID) -> HttpResponse:
    """Name who writes along."""
    found = _minutes(record)
    if not found.decides or found.is_closed:
        raise PermissionDenied
    account = account_of(request)
    people = [
        (str(person.id), f"{person.name} ({', '.join(name_in(body, language()) for body in person.bodies)})")
        for person in people_of_region(account.region_id)
        if person.bodies and person.id != account.pk
    ]
    initial = {"accounts": [str(writer) for writer in found.writers]}
    form = WritersForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = [UUID(one) for one in form.cleaned_data["accounts"]]
        name_writers(by=account.pk, minutes=record, accounts=chosen)
        messages.success(request, _("Saved. They write along as far as they are invited to the meeting."))
        return redirect("meetings_minutes", record)
    context = {"minutes": found, "sheet": found.sheet, "meeting": meeting_line(found.meeting), "form": form}
    return render(request, "meetings/minutes_writers.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def close(request: HttpRequest, record: UUID) -> HttpResponse:
    """End the writing and share the minutes, or let them be written on."""
    found = _minutes(record)
    if not found.decides:
        raise PermissionDenied
    by = account_of(request).pk
    if request.method == "POST":
        try:
            if found.is_closed:
                reopen_minutes(by=by, minutes=record)
            else:
                close_minutes(by=by, minutes=record)
        except RuleBrokenError as error:
            messages.error(request, str(error))
        return redirect("meetings_minutes", record)
    context = {"minutes": found, "sheet": found.sheet, "meeting": meeting_line(found.meeting)}
    return render(request, "meetings/minutes_close.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def approve(request: HttpRequest, record: UUID) -> HttpResponse:
    """Put the minutes in silence before those who read them."""
    found = _minutes(record)
    if not found.decides or not found.may_be_approved:
        raise PermissionDenied
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            put_minutes_in_silence(
                by=account_of(request).pk,
                minutes=record,
                day=typed["day"],
                short_because=typed["short_because"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("They are in silence. Those who are asked have been told."))
            return redirect("meetings_proposal", record)
    context = {"minutes": found, "sheet": found.sheet, "meeting": meeting_line(found.meeting), "form": form}
    return render(request, "meetings/minutes_approve.html", context)


def _minutes(record: UUID) -> MinutesSheet:
    found = minutes_sheet(record)
    if found is None:
        raise Http404
    return found


def _passage(passage: UUID) -> tuple[UUID, PassageLine]:
    found = passage_in_sight(passage)
    if found is None:
        raise Http404
    return found
