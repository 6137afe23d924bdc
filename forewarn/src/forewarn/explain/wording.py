"""What drivers, models and tasks are, in plain English; no column's name is shown to anybody."""

DRIVERS = {
    "own_last_3": "its own last three months",
    "own_months_4_6": "its own months four to six back",
    "own_months_4_12": "its own months four to twelve back",
    "own_months_13_24": "its own second year back",
    "own_years_3_10": "its own third to tenth year back",
    "similar_situations": "what followed similar situations elsewhere and before",
    "attack_echo_3": "attacks on civilians here in the last months",
    "attack_echo_12": "attacks on civilians here in the last years",
    "attack_echo_60": "attacks on civilians here over the last decade",
    "battle_echo_3": "battles here in the last months",
    "battle_echo_24": "battles here in the last years",
    "near_attack_echo": "attacks on civilians in the nearest regions",
    "near_battle_echo": "battles in the nearest regions",
    "other_attack_echo": "attacks on civilians in the rest of the country",
    "attack_months_1": "an attack on civilians here in the last month",
    "attack_months_3": "months with an attack on civilians here among the last three",
    "attack_months_6": "months with an attack on civilians here among the last six",
    "attack_months_12": "months with an attack on civilians here among the last twelve",
    "attack_months_36": "months with an attack on civilians here among the last thirty-six",
    "months_since_attack": "time since the last attack on civilians here",
    "attack_deaths_12": "civilians killed in attacks here in the last twelve months",
    "battle_deaths_1": "deaths in battle here in the last month",
    "battle_deaths_6": "deaths in battle here in the last six months",
    "battle_deaths_12": "deaths in battle here in the last twelve months",
    "elsewhere_attacks_3": "attacks on civilians in the country's other regions in the last three months",
    "elsewhere_attacks_12": "attacks on civilians in the country's other regions in the last twelve months",
    "elsewhere_battle_6": "deaths in battle in the country's other regions in the last six months",
    "one-sided-12": "months with an attack on civilians here among the last twelve",
    "battle-6": "deaths in battle here in the last six months",
    "neighbours-3": "civilians killed in attacks in the nearest regions in the last three months",
    "own_rate": "the region's own share of months with attacks, as nothing more can be learned of it",
    "limits": "the model's own limits: it calls nothing certain",
}

TASKS = {
    "fatalities": (
        "Deaths in organised violence by country and month.",
        "Deaths are counted as a source of events reports them. Where nobody reports, the count is too low, "
        "and later releases correct it. Counts are proxies: they are not crimes in law.",
        "To see where deaths may rise or fall over the months ahead, with their range. Not to rank states, "
        "not to establish who did what, and not as the only ground of a warning.",
    ),
    "attacks": (
        "Whether any attack on civilians is recorded in a first-level region within three months.",
        "An attack counts when a source of events records a civilian killed on purpose; unrecorded ones are "
        "missing, and events known only to the country are left out. It is a proxy of a crime, not one.",
        "To see where civilians may be attacked soon, above all where it had been quiet. Not to establish "
        "who did what, and not as the only ground of a warning.",
    ),
    "onset": (
        "Whether a mass killing begins in a country within a year, as a research project codes it.",
        "Onsets are rare and coded with hindsight; a handful decides every score, so the intervals are wide.",
        "To see which countries deserve a closer look in the year ahead. Not as a forecast of genocide, and "
        "not as the only ground of a warning.",
    ),
}


def driver_words(name: str) -> str:
    """A driver in words; a predictor of a table, which has none here, by its name without underscores.

    >>> driver_words("own_last_3")
    'its own last three months'
    >>> driver_words("infant_mortality")
    'infant mortality'
    """
    return DRIVERS.get(name, name.replace("_", " ").replace(".", " "))
