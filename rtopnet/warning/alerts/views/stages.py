"""A warning's stages: assessing, hearing the states concerned, issuing, another level, closing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, bodies_of, name_in
from rtopnet.sharing.public import Marking
from rtopnet.warning.alerts.forms.warnings import CloseForm, IssueForm, LevelForm, WordsForm
from rtopnet.warning.alerts.public import (
    AlertSheet,
    Deed,
    Level,
    assess_alert,
    close_alert,
    consult_on_alert,
    issue_alert,
    set_alert_level,
    waive_consultation,
)
from rtopnet.warning.alerts.views.access import ask, language, own_alert_or_404, region_bodies, room_page


def carry_out(
    request: HttpRequest, warning: UUID, form: Form, do: Callable[[], object], said: str
) -> HttpResponse | None:
    """Do it where the form is sound; where that is refused, the form says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        do()
    except RuleBrokenError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, said)
    return redirect("situation_warning", warning)


@require_http_methods(["GET", "POST"])
@room_page
def assess(request: HttpRequest, warning: UUID) -> HttpResponse:
    """What does the signal amount to?"""
    found = own_alert_or_404(warning, Deed.ASSESS)
    form = WordsForm(
        request.POST or None,
        label=_("What does the signal amount to, and how sure are you?"),
        hint=_("Name what speaks against it as well. Whoever reads the warning later reads this."),
    )
    by = account_of(request).pk
    done = carry_out(
        request,
        warning,
        form,
        lambda: assess_alert(by=by, record=warning, words=form.cleaned_data["words"]),
        _("Assessed."),
    )
    return done or ask(request, _asked(found, form, _("Assess the signal"), _("Keep the assessment")))


@require_http_methods(["GET", "POST"])
@room_page
def consult(request: HttpRequest, warning: UUID, state: UUID) -> HttpResponse:
    """Tell a state concerned, in words that protect sources; or say why waiting would endanger people."""
    found = own_alert_or_404(warning, Deed.CONSULT)
    about = next((one for one in found.sheet.concerned if one.state == state), None)
    if about is None or about.waived_at is not None or about.has_replied:
        raise Http404
    is_told, by = about.told_at is not None, account_of(request).pk
    label = _("Why would waiting endanger people?") if is_told else _("What is the state told?")
    form = WordsForm(request.POST or None, label=label)

    def do() -> None:
        words = form.cleaned_data["words"]
        if is_told:
            waive_consultation(by=by, record=warning, state=state, because=words)
        else:
            consult_on_alert(by=by, record=warning, state=state, words=words)

    said = _("Put down. The state can still reply.") if is_told else _("Told. Its time to reply runs now.")
    if done := carry_out(request, warning, form, do, said):
        return done
    name = {"state": name_in(about.state_names, language())}
    heading = _("Do not wait for %(state)s") if is_told else _("Hear %(state)s before the warning goes out")
    told = [
        _("The state learns these words, and that you own the warning. It reads nothing else of it."),
        _("It has 72 hours to reply. Its reply is bound to the warning for every reader."),
        _("Until then the warning cannot go out."),
    ]
    waived = [
        _("The exception is for danger to people alone. Your reason stays with the warning."),
        _("The state can still reply, and its reply is bound to the warning."),
    ]
    button = _("Put down the reason") if is_told else _("Tell the state")
    context = _asked(found, form, heading % name, button)
    return ask(request, context | {"points": waived if is_told else told})


@require_http_methods(["GET", "POST"])
@room_page
def issue(request: HttpRequest, warning: UUID) -> HttpResponse:
    """Choose level and readers; see in names who reads it and must answer; then send it out."""
    found = own_alert_or_404(warning, Deed.ISSUE)
    form = IssueForm(
        request.POST or None,
        states=region_bodies(request, states=True, without=found.sheet.owner),
        institutions=region_bodies(request, states=False, without=found.sheet.owner),
        initial={"marking": found.sheet.marking.value, "level": Level.WATCH.value},
    )
    context: dict[str, object] = {"alert": found, "form": form}
    if request.method == "POST" and form.is_valid():
        if "confirm" not in request.POST:
            return render(request, "alerts/issue_check.html", context | _check(request, found, form))
        done = carry_out(
            request,
            warning,
            form,
            lambda: issue_alert(
                by=account_of(request).pk,
                record=warning,
                level=form.chosen_level(),
                audience=form.audience(),
                marking=Marking(form.cleaned_data["marking"]),
            ),
            _("Issued. Everybody you warned is asked to answer."),
        )
        if done:
            return done
    return render(request, "alerts/issue.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def level(request: HttpRequest, warning: UUID) -> HttpResponse:
    """Is the danger nearer, or further?"""
    found = own_alert_or_404(warning, Deed.SET_LEVEL)
    form = LevelForm(request.POST or None, initial={"level": found.level.value if found.level else ""})
    by = account_of(request).pk
    done = carry_out(
        request,
        warning,
        form,
        lambda: set_alert_level(
            by=by,
            record=warning,
            level=Level(form.cleaned_data["level"]),
            words=form.cleaned_data["words"],
        ),
        _("Set. Everybody who was warned is told."),
    )
    return done or ask(request, _asked(found, form, _("Set another level"), _("Set the level")))


@require_http_methods(["GET", "POST"])
@room_page
def close(request: HttpRequest, warning: UUID) -> HttpResponse:
    """What became of it, and what may others learn?"""
    found = own_alert_or_404(warning, Deed.CLOSE)
    form = CloseForm(request.POST or None, stage=found.stage)
    by = account_of(request).pk
    done = carry_out(
        request,
        warning,
        form,
        lambda: close_alert(
            by=by,
            record=warning,
            outcome=form.chosen(),
            words=form.cleaned_data["words"],
            lesson=form.cleaned_data["lesson"],
        ),
        _("Closed."),
    )
    points = [
        _("A mistaken warning counts as one: that keeps the network's figures honest."),
        _("This cannot be undone. A new danger is a new warning."),
    ]
    context = _asked(found, form, _("Close the warning"), _("Close it"))
    return done or ask(request, context | {"points": points})


def _asked(found: AlertSheet, form: Form, heading: str, button: str) -> dict[str, object]:
    return {
        "alert": found,
        "form": form,
        "heading": heading,
        "button": button,
        "back": reverse("situation_warning", args=[found.id]),
    }


def _check(request: HttpRequest, found: AlertSheet, form: IssueForm) -> dict[str, object]:
    """Who would read it and be asked to answer, in names."""
    audience = form.audience()
    wide = audience.network or audience.public
    named = audience.states | audience.institutions | {one.state for one in found.sponsors}
    asked = [
        name_in(body.names, language())
        for body in bodies_of(account_of(request).region_id)
        if body.id != found.sheet.owner and (body.id in named or (wide and body.is_state))
    ]
    hidden = [
        (name, one)
        for name in ("level", "reach", "marking", "states", "institutions")
        for one in request.POST.getlist(name)
    ]
    return {
        "asked": sorted(asked),
        "hidden": hidden,
        "wide": audience,
        "level": form.chosen_level(),
        "signed": [one for one in found.sponsors if one.has_signed],
    }
