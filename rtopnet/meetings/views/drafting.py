"""Writing a proposal, alone or with other states."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.proposals import ProposalForm
from rtopnet.meetings.public import ProposalPage, draft_proposal, set_drafters, write_proposal
from rtopnet.meetings.views.access import marked_line
from rtopnet.meetings.views.decision_access import decision_page, page_or_404
from rtopnet.network.public import account_of, desks_held, name_in, states_of


@require_http_methods(["GET", "POST"])
@decision_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a proposal; nothing leaves one's state yet."""
    account, language = account_of(request), get_language() or "en"
    owners = desks_held(account.pk)
    if not owners:
        raise PermissionDenied
    marked = marked_line(request)
    form = ProposalForm(
        request.POST or None,
        initial={"title": marked.text[:300], "body": marked.text} if marked else None,
        owners=[(str(body.id), name_in(body.names, language)) for body in owners],
        states=_states(request, without=owners[0].id if len(owners) == 1 else None),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        owner = next(body for body in owners if str(body.id) == typed["owner"])
        record = draft_proposal(
            by=account.pk,
            title=typed["title"],
            body=typed["body"],
            drafters=form.chosen_drafters(),
            state=owner.id if owner.is_state else None,
            institution=None if owner.is_state else owner.id,
            passage=marked.passage if marked else None,
        )
        return redirect("meetings_proposal", record)
    return render(request, "meetings/proposal_write.html", {"form": form})


@require_http_methods(["GET", "POST"])
@decision_page
def write(request: HttpRequest, record: UUID) -> HttpResponse:
    """Write what it will say next; only its drafters see it before it is circulated."""
    page = page_or_404(record)
    if page.drafting is None:
        raise PermissionDenied
    is_owners = page.drafting.is_owners
    form = ProposalForm(
        request.POST or None,
        owners=None,
        states=_states(request, without=page.owner) if is_owners else None,
        initial={
            "title": page.drafting.title,
            "body": page.drafting.body,
            "drafters": [str(one) for one in page.drafting.drafters],
            "seen": page.drafting.written_at.isoformat(),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, page, form)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings_proposal", record)
    return render(request, "meetings/proposal_write.html", {"form": form, "page": page})


def _keep(request: HttpRequest, page: ProposalPage, form: ProposalForm) -> None:
    by, typed = account_of(request).pk, form.cleaned_data
    seen = datetime.fromisoformat(typed["seen"]) if typed["seen"] else None
    with transaction.atomic():
        write_proposal(by=by, record=page.record, title=typed["title"], body=typed["body"], seen=seen)
        if page.drafting and page.drafting.is_owners and form.chosen_drafters() != page.drafting.drafters:
            set_drafters(by=by, record=page.record, drafters=form.chosen_drafters())


def _states(request: HttpRequest, *, without: UUID | None) -> list[tuple[str, str]]:
    language = get_language() or "en"
    found = states_of(account_of(request).region_id)
    return [(str(state.id), state.name(language)) for state in found if state.id != without]
