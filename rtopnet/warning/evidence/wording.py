"""The room's codes in people's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.warning.evidence.rules.rabat import Outcome
from rtopnet.warning.evidence.rules.words import (
    ActorKind,
    Ground,
    PlacePrecision,
    Precision,
    RabatPart,
    SourceGrade,
    Step,
)

Words = dict[str, Promise]
PRECISIONS: Words = {
    Precision.HOUR: _("The hour is known"),
    Precision.DAY: _("The day is known"),
    Precision.WEEK: _("Only the week is known"),
    Precision.MONTH: _("Only the month is known"),
    Precision.YEAR: _("Only the year is known"),
}
PLACE_PRECISIONS: Words = {
    PlacePrecision.EXACT: _("The exact place is known"),
    PlacePrecision.VILLAGE: _("The village or quarter is known"),
    PlacePrecision.DISTRICT: _("The district is known"),
    PlacePrecision.REGION: _("Only the first-level region is known"),
    PlacePrecision.STATE: _("Only the state is known"),
}
GROUNDS: Words = {
    Ground.NATIONAL: pgettext_lazy("ground", "National"),
    Ground.ETHNIC: pgettext_lazy("ground", "Ethnic"),
    Ground.RACIAL: pgettext_lazy("ground", "Racial"),
    Ground.RELIGIOUS: pgettext_lazy("ground", "Religious"),
    Ground.POLITICAL: pgettext_lazy("ground", "Political"),
    Ground.GENDER: pgettext_lazy("ground", "Gender"),
    Ground.OTHER: pgettext_lazy("ground", "Other"),
    Ground.UNKNOWN: pgettext_lazy("ground", "Not known"),
}
ACTORS: Words = {
    ActorKind.STATE_FORCE: _("Forces of a state"),
    ActorKind.ARMED_GROUP: _("An armed group"),
    ActorKind.COMMUNAL_GROUP: _("A group of a community"),
    ActorKind.UNKNOWN: pgettext_lazy("who acted", "Not known"),
}
SOURCE_GRADES: Words = {
    SourceGrade.A: _("A: completely reliable"),
    SourceGrade.B: _("B: usually reliable"),
    SourceGrade.C: _("C: fairly reliable"),
    SourceGrade.D: _("D: not usually reliable"),
    SourceGrade.E: _("E: unreliable"),
    SourceGrade.F: _("F: reliability cannot be judged"),
}
INFORMATION_WORDS: dict[int, Promise] = {
    1: _("1: confirmed by other sources"),
    2: _("2: probably true"),
    3: _("3: possibly true"),
    4: _("4: doubtful"),
    5: _("5: improbable"),
    6: _("6: truth cannot be judged"),
}
STEPS: Words = {
    Step.COLLECTED: pgettext_lazy("custody", "Collected"),
    Step.RECEIVED: pgettext_lazy("custody", "Received"),
    Step.HANDED_OVER: pgettext_lazy("custody", "Handed over"),
    Step.HASHED: pgettext_lazy("custody", "Hashed"),
    Step.GRADED: pgettext_lazy("custody", "Graded"),
    Step.TRANSLATED: pgettext_lazy("custody", "Translated"),
    Step.REVISED: pgettext_lazy("custody", "Written anew"),
    Step.OPENED: pgettext_lazy("custody", "Opened"),
    Step.EXPORTED: pgettext_lazy("custody", "Taken out"),
}
RABAT_PARTS: Words = {
    RabatPart.CONTEXT: _("Context"),
    RabatPart.SPEAKER: _("Speaker"),
    RabatPart.INTENT: _("Intent"),
    RabatPart.CONTENT: _("Content and form"),
    RabatPart.EXTENT: _("Extent"),
    RabatPart.LIKELIHOOD: _("Likelihood"),
}
RABAT_QUESTIONS: Words = {
    RabatPart.CONTEXT: _("Is there tension or violence at the time and place that the speech could feed?"),
    RabatPart.SPEAKER: _("Does the speaker have standing with those who hear it?"),
    RabatPart.INTENT: _("Does the speaker mean to stir up hatred or violence, beyond carelessness?"),
    RabatPart.CONTENT: _("How direct is the call, and in what style and form is it made?"),
    RabatPart.EXTENT: _("How many does it reach, how publicly and how often?"),
    RabatPart.LIKELIHOOD: _("How likely is it that people act on it soon?"),
}
RABAT_GRADE_WORDS: dict[int, Promise] = {
    0: _("0: not shown"),
    1: _("1: partly shown"),
    2: _("2: clearly shown"),
}
OUTCOMES: Words = {
    Outcome.OPEN: _("Not decided yet: parts are still to be graded."),
    Outcome.BELOW: _("Below the threshold: at least one part is not shown. Answer it by other means."),
    Outcome.NEAR: _("Near the threshold: every part is at least partly shown. Watch it, and grade it again."),
    Outcome.REACHED: _("The threshold is reached: all six parts are clearly shown."),
}
REASONS: Words = {
    "ends_before_it_begins": _("It must not be before the first day."),
    "lies_ahead": _("It must not lie ahead."),
    "hour_with_its_precision": _("Give an hour if the hour is known, and none otherwise."),
    "no_such_hour": _("Write an hour from 0 to 23."),
    "region_missing": _("Choose the first-level region, or say that only the state is known."),
    "low_above_best": _("It must not be more than the most probable number."),
    "no_such_number": _("This number of people is not possible."),
    "half_a_point": _("Give both latitude and longitude, or neither."),
    "no_such_point": _("There is no such place on the earth."),
}
