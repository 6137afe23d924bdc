"""Explanations and cards in the reader's words; no column of a model is shown by its name."""

from math import exp, expm1

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rtopnet.portal.locales import exact, month_name, number, percent
from rtopnet.portal.templatetags.words import chance, deaths, names
from rtopnet.warning.forecasts.public import (
    AlikeSituation,
    AlternativeLine,
    ChangeSplit,
    DriverLine,
    ForecastExplained,
    MissLine,
    ModelCard,
    Scale,
    SkillRatio,
)

register = template.Library()

NEXT_MONTHS = 3
SAID = 2
LEAST_TOLD = 0.05
SHARES = {"coverage_90", "base_rate", "mean_probability"}


def driver_word(name: str) -> str:
    """What a driver is, to stand in a sentence."""
    words = {
        "own_last_3": _("its own last three months"),
        "own_months_4_6": _("its own months four to six back"),
        "own_months_4_12": _("its own months four to twelve back"),
        "own_months_13_24": _("its own second year back"),
        "own_years_3_10": _("its own third to tenth year back"),
        "similar_situations": _("what followed similar situations elsewhere and before"),
        "attack_echo_3": _("attacks on civilians here in the last months"),
        "attack_echo_12": _("attacks on civilians here in the last years"),
        "attack_echo_60": _("attacks on civilians here over the last decade"),
        "battle_echo_3": _("battles here in the last months"),
        "battle_echo_24": _("battles here in the last years"),
        "near_attack_echo": _("attacks on civilians in the nearest regions"),
        "near_battle_echo": _("battles in the nearest regions"),
        "other_attack_echo": _("attacks on civilians in the rest of the country"),
        "attack_months_1": _("an attack on civilians here in the last month"),
        "attack_months_3": _("months with an attack on civilians here among the last three"),
        "attack_months_6": _("months with an attack on civilians here among the last six"),
        "attack_months_12": _("months with an attack on civilians here among the last twelve"),
        "attack_months_36": _("months with an attack on civilians here among the last thirty-six"),
        "months_since_attack": _("time since the last attack on civilians here"),
        "attack_deaths_12": _("civilians killed in attacks here in the last twelve months"),
        "battle_deaths_1": _("deaths in battle here in the last month"),
        "battle_deaths_6": _("deaths in battle here in the last six months"),
        "battle_deaths_12": _("deaths in battle here in the last twelve months"),
        "elsewhere_attacks_3": _("attacks on civilians in the country's other regions, last three months"),
        "elsewhere_attacks_12": _("attacks on civilians in the country's other regions, last twelve months"),
        "elsewhere_battle_6": _("deaths in battle in the country's other regions, last six months"),
        "own_rate": _("the region's own share of months with attacks, as nothing more can be learned of it"),
        "limits": _("the model's own limits: it calls nothing certain"),
    }
    return words.get(name, _("something this page has no words for yet"))


def moved(driver: DriverLine, scale: Scale) -> str:
    """How far a driver moves the forecast: deaths more or fewer, or how many times the odds."""
    if scale is Scale.DEATHS:
        return _signed(driver.contribution)
    return _("%(times)s times") % {"times": _times(driver.contribution)}


def why_sentence(why: ForecastExplained) -> str:
    """The forecast's mean against the usual."""
    usual = why.base if why.scale is Scale.DEATHS else NEXT_MONTHS * expm1(why.base)
    return _(
        "On average over everything the model holds possible, about %(said)s deaths are expected in the next "
        "three months. In three usual months of the last twenty years there were about %(usual)s."
    ) % {"said": deaths(why.output), "usual": deaths(usual)}


def moves_sentence(why: ForecastExplained) -> str:
    """What raises a forecast most and what lowers it most."""
    raising, lowering = (
        names(driver_word(driver.name) for driver in drivers[:SAID] if abs(driver.contribution) >= LEAST_TOLD)
        for drivers in (why.raising, why.lowering)
    )
    parts = []
    if raising:
        parts.append(_("What raises it most: %(drivers)s.") % {"drivers": raising})
    if lowering:
        parts.append(_("What lowers it most: %(drivers)s.") % {"drivers": lowering})
    return " ".join(parts) or _("Nothing moves it far from the usual.")


def risk_sentence(why: ForecastExplained) -> str:
    """A risk against what the model would say of a usual region of the country."""
    return _(
        "The model says %(said)s. Of a region and month as it has usually seen them in this country it would "
        "say %(usual)s."
    ) % {"said": chance(why.output), "usual": chance(1 / (1 + exp(-why.base)))}


def alike_sentence(found: AlikeSituation) -> str:
    """The nearest past situation, and what followed it."""
    return _(
        "The situation most like the present one was that of %(where)s in %(month)s: %(before)s deaths in "
        "the twelve months up to it, %(followed)s in the three months that followed."
    ) % {
        "where": found.where,
        "month": month_name(found.month),
        "before": number(round(found.before)),
        "followed": number(round(found.followed)),
    }


def alternative_sentence(other: AlternativeLine, why: ForecastExplained) -> str:
    """What the model would say with one driver as usual."""
    if why.scale is Scale.LOG_ODDS:
        said = _("With %(driver)s as usual for this region: %(said)s instead of %(now)s.")
        return said % {
            "driver": driver_word(other.name),
            "said": chance(other.output),
            "now": chance(why.output),
        }
    said = _("With %(driver)s as usual: about %(said)s deaths instead of %(now)s.")
    return said % {"driver": driver_word(other.name), "said": deaths(other.output), "now": deaths(why.output)}


def change_sentence(change: ChangeSplit) -> str:
    """What made the difference to the outlook before, the largest part named."""
    difference = change.after - change.before
    if abs(difference) < 1:
        return _("The outlook from data to %(month)s expected about as many deaths.") % {
            "month": month_name(change.before_origin)
        }
    parts = {
        _("months that came since"): change.new_data,
        _("earlier months that were corrected"): change.revised_data,
        _("what the model learned anew"): change.model,
    }
    most = max(parts, key=lambda part: abs(parts[part]))
    return _(
        "The outlook from data to %(month)s expected about %(before)s deaths, on average; this one expects "
        "%(after)s. Most of the difference comes from %(part)s."
    ) % {
        "month": month_name(change.before_origin),
        "before": deaths(change.before),
        "after": deaths(change.after),
        "part": most,
    }


def signed_deaths(value: float) -> str:
    """Deaths more or fewer, with the sign."""
    return _signed(value)


def card_title(card: ModelCard) -> str:
    """What a card's model forecasts."""
    if card.task == "attacks":
        return _("Attacks on civilians by first-level region")
    return _("Deaths by state and month")


def card_limits(card: ModelCard) -> str:
    """What the outcome is, and what it cannot say."""
    if card.task == "attacks":
        return _(
            "The model says how likely it is that any attack on civilians is recorded in a region within "
            "three months. Attacks that nobody recorded are missing, and so are those whose region is not "
            "known. An attack as recorded is a proxy of a crime, not one."
        )
    return _(
        "The model says how many deaths in organised violence may be recorded in a state and month. Where "
        "nobody reports, the count is too low, and later releases correct it. Counts are proxies: they are "
        "not crimes in law."
    )


def card_use(card: ModelCard) -> str:
    """What the model is for, and what not."""
    if card.task == "attacks":
        return _(
            "To see where civilians may be attacked soon, above all where it had been quiet. Not to "
            "establish who did what, and not as the only ground of a warning."
        )
    return _(
        "To see where deaths may rise or fall over the months ahead, with their range. Not to rank states, "
        "not to establish who did what, and not as the only ground of a warning."
    )


def rule_word(name: str) -> str:
    """A plain rule that a model is held against, by what it expects."""
    words = {
        "zeros": _("no death anywhere"),
        "last-poisson": _("each month like the last one"),
        "own-history-12": _("a month drawn from the last 12"),
        "own-history-24": _("a month drawn from the last 24"),
        "geomean-6": _("the usual of the last 6 months"),
        "one-sided-12": _("as many attacks as in the last 12 months"),
        "battle-6": _("attacks where there was battle in the last 6 months"),
        "neighbours-3": _("attacks where neighbours had them in the last 3 months"),
    }
    return words.get(name, name)


def part_word(part: str) -> str:
    """On which forecasts a ratio is."""
    words = {
        "all": pgettext("forecasts scored", "All"),
        "quiet": pgettext("forecasts scored", "Where it had been quiet for a year"),
    }
    return words.get(part, part)


def verdict_word(ratio: SkillRatio) -> str:
    """Better or worse, and whether by more than chance."""
    if ratio.is_better:
        return pgettext("a model", "Better")
    if ratio.is_worse:
        return pgettext("a model", "Worse")
    if ratio.ratio < 1:
        return pgettext("a model", "Better, perhaps by chance")
    return pgettext("a model", "Worse, perhaps by chance")


def losses_sentence(ratios: tuple[SkillRatio, ...]) -> str:
    """How often each plain rule was better than the model."""
    said = []
    for rule in dict.fromkeys(ratio.benchmark for ratio in ratios):
        against = [ratio for ratio in ratios if ratio.benchmark == rule]
        lost = sum(ratio.ratio > 1 for ratio in against)
        said.append(
            _("Against “%(rule)s” it lost in %(lost)s of %(all)s.")
            % {"rule": rule_word(rule), "lost": number(lost), "all": number(len(against))}
        )
    return " ".join(said)


def score_word(name: str) -> str:
    """A score by its name; empty for those that stay in the card's file."""
    words = {
        "crps": _("Mean error (CRPS, deaths; smaller is better)"),
        "coverage_90": _("Outcomes inside the range that should hold 90 %"),
        "roc_auc": _("How often a region with an attack had the higher probability (ROC AUC)"),
        "average_precision": _("Average precision"),
        "brier": _("Mean squared error of the probability (Brier score; smaller is better)"),
        "base_rate": _("Share of cases with an attack"),
        "mean_probability": _("Mean probability said"),
    }
    return words.get(name, "")


def miss_said(miss: MissLine) -> str:
    """What was said before a miss."""
    if miss.low is None or miss.high is None:
        return chance(miss.said)
    return _("%(said)s, 9 times in 10 between %(low)s and %(high)s") % {
        "said": deaths(miss.said),
        "low": number(round(miss.low)),
        "high": number(round(miss.high)),
    }


def miss_came(miss: MissLine) -> str:
    """What came instead."""
    if miss.low is None:
        return pgettext("what came", "An attack") if miss.came else pgettext("what came", "No attack")
    return number(round(miss.came))


def figure(value: float, name: str) -> str:
    """A score: shares as such, others with three digits behind the point."""
    return percent(value) if name in SHARES else exact(value)


def _signed(value: float) -> str:
    if round(abs(value), 1) == 0:
        return number(0)
    sign = "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{number(round(abs(value), 1))}"


def _times(log: float) -> str:
    times = exp(log)
    return number(round(times, 1)) if times >= 1 else number(round(times, 2))


for word in (
    alike_sentence,
    alternative_sentence,
    card_limits,
    card_title,
    card_use,
    change_sentence,
    driver_word,
    figure,
    losses_sentence,
    miss_came,
    miss_said,
    moved,
    moves_sentence,
    part_word,
    risk_sentence,
    rule_word,
    score_word,
    signed_deaths,
    verdict_word,
    why_sentence,
):
    register.filter(word.__name__, word)
