"""Watch rules: writing one, trying it on past months, switching it on."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held
from rtopnet.warning.alerts.forms.watching import RuleForm
from rtopnet.warning.alerts.public import (
    Measure,
    Place,
    RuleInSight,
    Test,
    change_rule,
    delete_rule,
    make_rule,
    rule_in_sight,
    rules_in_sight,
    switch_rule,
    trial_of,
    try_rule,
    watchable,
)
from rtopnet.warning.alerts.views.access import named, room_page, watcher_of

_PERCENT = 100


@require_safe
@room_page
def rules(request: HttpRequest) -> HttpResponse:
    """What do I watch, and what did my rules find?"""
    found = rules_in_sight(account_of(request).pk)
    offered = watchable(watcher_of(request))
    places = {(measure.key, place.key): place.name for measure, several in offered for place in several}
    shown = [(rule, places.get((rule.measure, rule.place), rule.place)) for rule in found]
    return render(request, "alerts/rules.html", {"rules": shown, "measures": offered})


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest, measure: str) -> HttpResponse:
    """Write a rule on one measure."""
    known, places = _measure(request, measure)
    desks = desks_held(account_of(request).pk)
    form = RuleForm(request.POST or None, measure=known, places=places, bodies=named(desks))
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data.get("body")
        try:
            rule = make_rule(
                by=account_of(request).pk, watching=form.watching(), body=UUID(body) if body else None
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The rule is written down. Try it on past months now."))
            return redirect("situation_rule", rule)
    return render(request, "alerts/rule_write.html", {"form": form, "measure": known})


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, rule: UUID) -> HttpResponse:
    """Write the rule anew; it has to be tried again."""
    found = _rule(request, rule)
    known, places = _measure(request, found.measure)
    form = RuleForm(request.POST or None, measure=known, places=places, bodies=[], initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_rule(by=account_of(request).pk, rule=rule, watching=form.watching())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. Try it again before you switch it on."))
            return redirect("situation_rule", rule)
    return render(request, "alerts/rule_write.html", {"form": form, "measure": known, "rule": found})


@require_safe
@room_page
def one(request: HttpRequest, rule: UUID) -> HttpResponse:
    """What does it watch, what would it have done, and what did it find?"""
    found = _rule(request, rule)
    watcher = watcher_of(request)
    offered = {measure.key: several for measure, several in watchable(watcher)}
    names = {place.key: place.name for place in offered.get(found.measure, [])}
    trial = trial_of(watcher, found) if found.tried_at and found.place in names else None
    context = {
        "rule": found,
        "place": names.get(found.place, found.place),
        "is_watched": found.place in names,
        "trial": trial,
    }
    return render(request, "alerts/rule.html", context)


@require_POST
@room_page
def step(request: HttpRequest, rule: UUID) -> HttpResponse:
    """Try the rule, switch it on or off, or take it away."""
    found, by = _rule(request, rule), account_of(request).pk
    try:
        if "try" in request.POST:
            try_rule(by=by, rule=rule)
        elif "delete" in request.POST:
            delete_rule(by=by, rule=rule)
            messages.success(request, _("The rule is gone."))
            return redirect("situation_rules")
        elif "on" in request.POST or "off" in request.POST:
            switch_rule(by=by, rule=rule, on="on" in request.POST)
            is_on = "on" in request.POST
            messages.success(
                request, _("Switched on. It is asked every night.") if is_on else _("Switched off.")
            )
    except RuleBrokenError as error:
        messages.error(request, str(error))
    return redirect("situation_rule", found.id)


def _rule(request: HttpRequest, rule: UUID) -> RuleInSight:
    found = rule_in_sight(rule, account_of(request).pk)
    if found is None:
        raise Http404
    return found


def _measure(request: HttpRequest, key: str) -> tuple[Measure, list[Place]]:
    for measure, places in watchable(watcher_of(request)):
        if measure.key == key:
            return measure, places
    raise Http404


def _initial(rule: RuleInSight) -> dict[str, object]:
    condition = rule.condition
    if condition.test is Test.UNUSUAL:
        condition = replace(condition, limit=round(_PERCENT * condition.limit, 2))
    return {
        "title": rule.title,
        "place": rule.place,
        "detail": rule.detail,
        "test": condition.test.value,
        "limit": f"{condition.limit:g}",
        "least": f"{condition.least:g}",
        "budget": rule.budget,
    }
