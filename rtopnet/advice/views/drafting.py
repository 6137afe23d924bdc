"""Drafting a paper: its frame, its title, its statements and what they rest on."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.advice.forms.papers import CiteForm, FrameForm, NewPaperForm, StatementForm, TitleForm
from rtopnet.advice.public import (
    UN_OFFICE,
    Deed,
    PaperPage,
    StatementInSight,
    add_statement,
    ask_to_let_travel,
    begin_paper,
    change_statement,
    citable_records,
    cite_record,
    drop_reference,
    layouts_of,
    own_region,
    reference_in_sight,
    set_frame,
    statement_in_sight,
    strike_statement,
    write_title,
)
from rtopnet.advice.views.access import advice_page, drafted_paper, language, paper_at_the_desk
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Body, account_of, desks_held, institutions, name_in, states_of
from rtopnet.sharing.public import kind_name

Choices = list[tuple[str, str]]


@require_http_methods(["GET", "POST"])
@advice_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a paper; those who draft it alone know of it."""
    owners = _owners(request)
    if not owners:
        raise PermissionDenied
    layouts = layouts_of(own_region().slug)
    form = NewPaperForm(
        request.POST or None,
        owners=_named(owners),
        forms_offered=[(key, one.name(language())) for key, one in layouts.items()],
        **_choices(request, without=owners[0].id if len(owners) == 1 else None),
    )
    if request.method == "POST" and form.is_valid():
        owner = next(body for body in owners if str(body.id) == form.cleaned_data["owner"])
        try:
            record = begin_paper(
                by=account_of(request).pk,
                form=form.cleaned_data["form"],
                title=form.cleaned_data["title"],
                frame=form.frame(),
                state=owner.id if owner.is_state else None,
                institution=None if owner.is_state else owner.id,
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is begun. Now write its statements, section by section."))
            return redirect("network_advice_paper", record)
    return render(request, "advice/frame.html", {"form": form})


@require_http_methods(["GET", "POST"])
@advice_page
def frame(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Say anew where it goes, who clears it and who drafts it."""
    page = paper_at_the_desk(advice, Deed.WRITE)
    form = FrameForm(request.POST or None, initial=_initial(page), **_choices(request, without=page.owner))
    if request.method == "POST" and form.is_valid():
        try:
            set_frame(by=account_of(request).pk, record=advice, frame=form.frame())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("network_advice_paper", advice)
    return render(request, "advice/frame.html", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
@advice_page
def title(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Write the title of the next version."""
    page = drafted_paper(advice)
    seen = page.draft.written_at.isoformat() if page.draft else ""
    form = TitleForm(request.POST or None, initial={"title": page.title, "seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            write_title(
                by=account_of(request).pk,
                record=advice,
                title=form.cleaned_data["title"],
                seen=_instant(form.cleaned_data["seen"]),
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("network_advice_paper", advice)
    return render(request, "advice/title.html", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
@advice_page
def statement_new(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Add a statement to a section."""
    page = drafted_paper(advice)
    key = request.GET.get("section", "")
    section = next((one for one in page.layout.sections if one.key == key), page.layout.sections[0])
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = add_statement(
            by=account_of(request).pk,
            record=advice,
            section=section.key,
            text=typed["text"],
            is_own_words=typed["is_own_words"],
        )
        if typed["is_own_words"]:
            return redirect("network_advice_paper", advice)
        messages.success(request, _("Saved. Now say what it rests on."))
        return redirect("network_advice_cite", made)
    context = {"form": form, "page": page, "section": section.title(language())}
    return render(request, "advice/statement.html", context)


@require_http_methods(["GET", "POST"])
@advice_page
def statement(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Write a statement anew, or take it out."""
    page, found = _statement(statement)
    initial = {"text": found.text, "base": found.text, "is_own_words": found.is_own_words}
    form = StatementForm(request.POST or None, initial=initial)
    by = account_of(request).pk
    if request.method == "POST" and "strike" in request.POST:
        strike_statement(by=by, statement=statement)
        messages.success(request, _("Taken out of the text."))
        return redirect("network_advice_paper", page.record)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            change_statement(
                by=by,
                statement=statement,
                text=typed["text"],
                is_own_words=typed["is_own_words"],
                base=typed["base"] or None,
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("network_advice_paper", page.record)
    context = {"form": form, "page": page, "statement": found}
    return render(request, "advice/statement.html", context)


@require_http_methods(["GET", "POST"])
@advice_page
def cite(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Say what a statement rests on."""
    page, found = _statement(statement)
    records = citable_records(without={page.record})
    choices = [(str(one.record), f"{one.title} ({kind_name(one.kind)})") for one in records]
    form = CiteForm(request.POST or None, records=choices)
    if request.method == "POST" and form.is_valid():
        try:
            cite_record(
                by=account_of(request).pk,
                statement=statement,
                cited=form.record(),
                shows=form.cleaned_data["shows"],
            )
        except RuleBrokenError:
            # Absent and hidden alike, beside the field.
            form.add_error("address", _("There is no such record that you may know of."))
        else:
            if "another" in request.POST:
                messages.success(request, _("Saved. Name what else it rests on."))
                return redirect("network_advice_cite", statement)
            return redirect("network_advice_paper", page.record)
    return render(request, "advice/cite.html", {"form": form, "page": page, "statement": found})


@require_POST
@advice_page
def drop(request: HttpRequest, citation: UUID) -> HttpResponse:
    """Take out what a statement rested on."""
    record = _paper_of(citation)
    drop_reference(by=account_of(request).pk, reference=citation)
    messages.success(request, _("Taken out."))
    return redirect("network_advice_paper", record)


@require_POST
@advice_page
def ask(request: HttpRequest, citation: UUID) -> HttpResponse:
    """Ask the owner of what a statement rests on to let it travel."""
    record = _paper_of(citation)
    try:
        ask_to_let_travel(by=account_of(request).pk, reference=citation)
    except RuleBrokenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Asked. The owner has seven days to answer."))
    return redirect("network_advice_paper", record)


def _paper_of(citation: UUID) -> UUID:
    record = reference_in_sight(citation)
    if record is None:
        raise Http404
    return record


def _statement(statement: UUID) -> tuple[PaperPage, StatementInSight]:
    found = statement_in_sight(statement)
    if found is None:
        raise Http404
    record, line = found
    return drafted_paper(record), line


def _owners(request: HttpRequest) -> list[Body]:
    offices = {body.id for body in institutions() if body.kind == UN_OFFICE}
    return [body for body in desks_held(account_of(request).pk) if body.id not in offices]


def _named(bodies: list[Body]) -> Choices:
    return [(str(body.id), name_in(body.names, language())) for body in bodies]


def _choices(request: HttpRequest, *, without: UUID | None) -> dict[str, Choices]:
    states = [(str(state.id), state.name(language())) for state in states_of(account_of(request).region_id)]
    regional = [body for body in institutions() if body.state is None]
    offices = [(str(one.id), name_in(one.names, language())) for one in regional if one.kind == UN_OFFICE]
    others = [(str(one.id), name_in(one.names, language())) for one in regional if one.kind != UN_OFFICE]
    secretariats = [
        (str(one.id), name_in(one.names, language())) for one in regional if one.kind == "secretariat"
    ]
    drafters = [(key, label) for key, label in (*states, *others) if key != str(without)]
    return {
        "offices": offices,
        "states": states,
        "chairs": [*secretariats, *states],
        "drafters": drafters,
    }


def _initial(page: PaperPage) -> dict[str, object]:
    return {
        "office": str(page.office),
        "reach": "network" if page.whole_network else "some",
        "states": [] if page.whole_network else [str(one) for one in page.state_ids],
        "chair": str(page.chair),
        "about": [str(one) for one in page.about_ids],
        "drafters": [str(one) for one in page.drafters],
    }


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
