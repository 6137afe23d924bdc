"""Putting something on the agenda, its page, and the order of the items."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.agenda import ItemForm, ItemOwnerForm
from rtopnet.meetings.public import (
    ItemSheet,
    agenda_of,
    enclose_papers,
    item_sheet,
    meeting_line,
    order_items,
    propose_item,
    set_item,
)
from rtopnet.meetings.views.access import (
    addressable,
    meeting_page,
    named_choices,
    note_read,
    paper_choices,
    sheet_or_404,
)
from rtopnet.network.public import account_of, places_held
from rtopnet.sharing.public import Words, attachments_of, revise_record


@require_safe
@meeting_page
def item(request: HttpRequest, record: UUID) -> HttpResponse:
    """What is it about, and which papers go with it?"""
    found = _item(record)
    note_read(request, record, is_own=found.sheet.is_own)
    context = {
        "item": found.line,
        "sheet": found.sheet,
        "meeting": meeting_line(found.meeting),
        "files": attachments_of(record),
    }
    return render(request, "meetings/item.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def new_item(request: HttpRequest, record: UUID) -> HttpResponse:
    """Propose an item; it stays a draft until its owner shares it."""
    found = sheet_or_404(record)
    account = account_of(request)
    places = places_held(account.pk)
    if not places or not found.takes_changes:
        raise PermissionDenied
    form = ItemForm(request.POST or None, papers=paper_choices([]))
    readers = ItemOwnerForm(
        request.POST or None,
        owners=named_choices(places),
        initial={"marking": found.sheet.marking.value, "network": found.sheet.audience.network},
        **addressable(account),
    )
    if request.method == "POST" and form.is_valid() and readers.is_valid():
        owner = next(body for body in places if str(body.id) == readers.cleaned_data["owner"])
        owners = {"state" if owner.is_state else "institution": owner.id}
        try:
            made = propose_item(
                by=account.pk,
                meeting=record,
                words=form.words(),
                marking=readers.marked(),
                audience=readers.audience(),
                **owners,
            )
            enclose_papers(by=account.pk, item=made, papers=_papers(form))
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is saved. Only your own people read it so far."))
            return redirect("meetings_item", made)
    context = {"found": found, "meeting": found.line, "form": form, "readers": readers}
    return render(request, "meetings/item_new.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def edit_item(request: HttpRequest, record: UUID) -> HttpResponse:
    """Write the item anew; once it is shared that makes a further version, and readers see what changed."""
    found = _item(record)
    if not found.sheet.writes:
        raise PermissionDenied
    enclosed = [paper.record for paper in found.line.papers]
    form = ItemForm(request.POST or None, papers=paper_choices(enclosed), initial=_initial(found, enclosed))
    if request.method == "POST" and form.is_valid():
        account, words = account_of(request), form.words()
        try:
            if (words.title, words.body) != (found.sheet.title, found.sheet.body):
                revise_record(by=account.pk, record=record, words=Words(words.title, words.body))
            set_item(by=account.pk, item=record, minutes=words.minutes, kind=words.kind)
            enclose_papers(by=account.pk, item=record, papers=_papers(form))
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings_item", record)
    context = {"item": found.line, "sheet": found.sheet, "meeting": meeting_line(found.meeting), "form": form}
    return render(request, "meetings/item_edit.html", context)


@require_POST
@meeting_page
def order(request: HttpRequest, record: UUID) -> HttpResponse:
    """Put one item a place up or down among those in sight."""
    found = sheet_or_404(record)
    if not found.decides:
        raise PermissionDenied
    records = [line.record for line in agenda_of(record)]
    moved = [one for one in records if str(one) == request.POST.get("item")]
    if moved:
        place = records.index(moved[0])
        other = place + (1 if request.POST.get("way") == "down" else -1)
        if 0 <= other < len(records):
            records[place], records[other] = records[other], records[place]
        order = {one: place for place, one in enumerate(records, start=1)}
        order_items(by=account_of(request).pk, meeting=record, order=order)
    return redirect("meetings_meeting", record)


def _item(record: UUID) -> ItemSheet:
    found = item_sheet(record)
    if found is None:
        raise Http404
    return found


def _papers(form: ItemForm) -> list[UUID]:
    return [UUID(one) for one in form.cleaned_data.get("papers", ())]


def _initial(found: ItemSheet, enclosed: list[UUID]) -> dict[str, object]:
    return {
        "title": found.sheet.title,
        "body": found.sheet.body,
        "minutes": found.line.minutes,
        "kind": found.line.kind,
        "papers": [str(one) for one in enclosed],
    }
