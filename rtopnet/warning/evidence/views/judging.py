"""What people make of a signal: join, split, set aside, take as evidence."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Body, account_of, desks_held, name_in, places_held
from rtopnet.sharing.public import record_path, records_in_sight
from rtopnet.warning.evidence.forms.signals import AcceptForm, ReasonForm, VerdictForm
from rtopnet.warning.evidence.public import (
    SignalLine,
    SignalSheet,
    Verdict,
    accept_signal,
    cite_signal,
    dismiss_signal,
    join_signals,
    split_signal,
    take_back_dismissal,
)
from rtopnet.warning.evidence.views.signals import language, signal_or_404, signals_page

REPORTS = ("incident_report", "situation_report")
Judge = Callable[[UUID, UUID, Verdict], None]


@require_http_methods(["GET", "POST"])
@signals_page
def join(request: HttpRequest, signal: UUID) -> HttpResponse:
    """Say that other signals tell of the same."""
    found = signal_or_404(signal)

    def judge(by: UUID, body: UUID, verdict: Verdict) -> None:
        join_signals(by=by, body=body, verdict=verdict)

    said = _("Joined. Everybody who reads both sees that, and why.")
    return _verdict(request, found, found.nearby, judge, ("evidence/signal_join.html", said))


@require_http_methods(["GET", "POST"])
@signals_page
def split(request: HttpRequest, signal: UUID) -> HttpResponse:
    """Say that this signal tells of something else."""
    found = signal_or_404(signal)

    def judge(by: UUID, body: UUID, verdict: Verdict) -> None:
        split_signal(by=by, body=body, verdict=verdict)

    said = _("Split. They stay apart, whatever else comes in.")
    return _verdict(request, found, found.others, judge, ("evidence/signal_split.html", said))


@require_http_methods(["GET", "POST"])
@signals_page
def dismiss(request: HttpRequest, signal: UUID) -> HttpResponse:
    """Set it aside for one's own desk."""
    found = signal_or_404(signal)
    form = ReasonForm(request.POST or None, bodies=_desks(request))
    if request.method == "POST" and form.is_valid():
        try:
            dismiss_signal(
                by=account_of(request).pk,
                body=form.chosen(),
                signal=signal,
                reason=form.cleaned_data["reason"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Set aside. Only your own desk knows that and why."))
            return redirect("situation_signals")
    return render(request, "evidence/signal_dismiss.html", {"signal": found, "form": form})


@require_POST
@signals_page
def take_back(request: HttpRequest, signal: UUID) -> HttpResponse:
    """Have it back on the list."""
    found = signal_or_404(signal)
    for dismissal in found.dismissals:
        take_back_dismissal(by=account_of(request).pk, body=dismissal.body, signal=signal)
    messages.success(request, _("It is on your list again."))
    return redirect("situation_signal", signal)


@require_http_methods(["GET", "POST"])
@signals_page
def accept(request: HttpRequest, signal: UUID) -> HttpResponse:
    """Take it as evidence: into a new report, or one that is there."""
    found = signal_or_404(signal)
    by = account_of(request).pk
    places = places_held(by)
    if not places:
        raise PermissionDenied
    reports = [
        (str(record.id), record.title)
        for record in records_in_sight(whose="own").records
        if record.kind in REPORTS
    ]
    form = AcceptForm(request.POST or None, bodies=_choices(places), reports=reports)
    if request.method == "POST" and form.is_valid():
        try:
            record = _accepted(by, signal, form, places)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Taken as evidence. Nobody outside your own people reads the draft."))
            return redirect(record_path(REPORTS[0], record))
    return render(request, "evidence/signal_accept.html", {"signal": found, "form": form})


def _accepted(by: UUID, signal: UUID, form: AcceptForm, places: Sequence[Body]) -> UUID:
    report = form.chosen_report()
    if report is not None:
        cite_signal(by=by, signal=signal, record=report)
        return report
    body = form.chosen()
    is_state = any(place.id == body and place.is_state for place in places)
    return accept_signal(
        by=by, signal=signal, state=body if is_state else None, institution=None if is_state else body
    )


def _verdict(
    request: HttpRequest, found: SignalSheet, lines: Sequence[SignalLine], judge: Judge, page: tuple[str, str]
) -> HttpResponse:
    template, said = page
    form = VerdictForm(request.POST or None, bodies=_desks(request), lines=lines)
    if len(lines) == 1:
        form.fields["others"].initial = [str(lines[0].id)]
    if request.method == "POST" and form.is_valid():
        try:
            judge(account_of(request).pk, form.chosen(), form.verdict(found.line.id))
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect("situation_signal", found.line.id)
    return render(request, template, {"signal": found, "form": form, "lines": lines})


def _desks(request: HttpRequest) -> list[tuple[str, str]]:
    desks = desks_held(account_of(request).pk)
    if not desks:
        raise PermissionDenied
    return _choices(desks)


def _choices(bodies: Sequence[Body]) -> list[tuple[str, str]]:
    return [(str(body.id), name_in(body.names, language())) for body in bodies]
