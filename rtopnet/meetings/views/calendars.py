"""Calendars: one meeting as a file, and feeds that calendar programs ask by themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.meetings.public import (
    account_behind_feed,
    calendar_lines,
    calendar_of,
    entry_of,
    make_feed,
    own_feeds,
    revoke_feed,
)
from rtopnet.meetings.views.access import language, meeting_page, note_read, sheet_or_404
from rtopnet.network.public import account_of, posts_of_account, region_of

CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_safe
@meeting_page
def one(request: HttpRequest, record: UUID) -> HttpResponse:
    """The meeting as a file that a calendar takes."""
    found = sheet_or_404(record)
    if found.line.is_draft:
        raise Http404
    note_read(request, record, is_own=found.sheet.is_own, exported=True)
    entry = entry_of(found.line, found.sheet.marking)
    answer = HttpResponse(calendar_of([entry], method="PUBLISH", at=now()), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="meeting-{str(record)[:8]}.ics"'
    return answer


@require_http_methods(["GET", "POST"])
@meeting_page
def feeds(request: HttpRequest) -> HttpResponse:
    """Let a calendar program show one's meetings, or end that."""
    account = account_of(request)
    posts = posts_of_account(account, language())
    context: dict[str, object] = {}
    if request.method == "POST":
        post = next((held for held in posts if str(held.id) == request.POST.get("post")), None)
        if post is None:
            raise Http404
        if "end" in request.POST:
            revoke_feed(by=account.pk, post=post.id)
            messages.success(request, _("The address opens nothing any more."))
            return redirect("meetings_feeds")
        secret = make_feed(by=account.pk, post=post.id)
        context["made"] = request.build_absolute_uri(reverse("meetings_feed", args=[secret]))
    have = {feed.post: feed for feed in own_feeds()}
    context["posts"] = [(post, have.get(post.id)) for post in posts]
    return render(request, "meetings/feeds.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """What a calendar program gets: the meetings that the post's holder may read now."""
    person = account_behind_feed(secret=token)
    if person is None:
        raise Http404
    with acting_as(person.pk), translation.override(person.language):
        entries = [entry_of(line, marking) for line, marking in calendar_lines()]
        name = _("Meetings of %(region)s") % {"region": region_of(person).name(person.language)}
        content = calendar_of(entries, method="PUBLISH", at=now(), name=name)
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "private, no-store"
    return answer
