"""Codes of warnings as words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.warning.alerts.rules.course import (
    AnswerKind,
    Crime,
    Level,
    LinkKind,
    Mark,
    Outcome,
    Stage,
)
from rtopnet.warning.alerts.rules.watching import Test

STAGES = {
    Stage.SIGNAL.value: pgettext_lazy("stage of a warning", "Signal"),
    Stage.ASSESSED.value: pgettext_lazy("stage of a warning", "Assessed"),
    Stage.CONSULTATION.value: pgettext_lazy("stage of a warning", "Consultation"),
    Stage.ISSUED.value: pgettext_lazy("stage of a warning", "Issued"),
    Stage.RESPONSE.value: pgettext_lazy("stage of a warning", "Response"),
    Stage.CLOSED.value: pgettext_lazy("stage of a warning", "Closed"),
}
ACTORS = {
    Stage.SIGNAL.value: _("its owner, to assess it"),
    Stage.ASSESSED.value: _("its owner, to consult or to issue it"),
    Stage.CONSULTATION.value: _("the states concerned, and then its owner"),
    Stage.ISSUED.value: _("everybody who was warned, to answer"),
    Stage.RESPONSE.value: _("those who have not answered, and its owner"),
    Stage.CLOSED.value: _("nobody"),
}
LEVELS = {
    Level.WATCH.value: pgettext_lazy("level of a warning", "Watch"),
    Level.ELEVATED.value: pgettext_lazy("level of a warning", "Elevated"),
    Level.IMMINENT.value: pgettext_lazy("level of a warning", "Imminent"),
    Level.ONGOING.value: pgettext_lazy("level of a warning", "Ongoing"),
}
LEVEL_HINTS = {
    Level.WATCH.value: _("Watch: signs that need attention"),
    Level.ELEVATED.value: _("Elevated: the danger grows"),
    Level.IMMINENT.value: _("Imminent: it may happen within days"),
    Level.ONGOING.value: _("Ongoing: it is happening"),
}
OUTCOMES = {
    Outcome.AVERTED.value: _("Averted: something was done, and it did not happen"),
    Outcome.SUBSIDED.value: _("Subsided: the danger went away by itself"),
    Outcome.HAPPENED.value: _("Happened: it came as was warned"),
    Outcome.MISTAKEN.value: _("Mistaken: there was no such danger"),
    Outcome.MISSED.value: _("Missed: it happened without a warning"),
}
SHORT_OUTCOMES = {
    Outcome.AVERTED.value: pgettext_lazy("outcome of a warning", "Averted"),
    Outcome.SUBSIDED.value: pgettext_lazy("outcome of a warning", "Subsided"),
    Outcome.HAPPENED.value: pgettext_lazy("outcome of a warning", "Happened"),
    Outcome.MISTAKEN.value: pgettext_lazy("outcome of a warning", "Mistaken"),
    Outcome.MISSED.value: pgettext_lazy("outcome of a warning", "Missed"),
}
CRIMES = {
    Crime.GENOCIDE.value: _("Genocide"),
    Crime.CRIMES_AGAINST_HUMANITY.value: _("Crimes against humanity"),
    Crime.WAR_CRIMES.value: _("War crimes"),
    Crime.ETHNIC_CLEANSING.value: _("Ethnic cleansing"),
    Crime.INCITEMENT.value: _("Incitement to one of them"),
}
ANSWERS = {
    AnswerKind.NOTED.value: _("We take note, for this reason"),
    AnswerKind.STATEMENT.value: _("We make a statement"),
    AnswerKind.OFFERS_HELP.value: _("We offer help"),
    AnswerKind.REQUEST.value: _("We send a request"),
    AnswerKind.STEP.value: _("We take a step"),
    AnswerKind.MEETING.value: _("We ask for a meeting"),
}
SHORT_ANSWERS = {
    AnswerKind.NOTED.value: pgettext_lazy("answer to a warning", "Takes note"),
    AnswerKind.STATEMENT.value: pgettext_lazy("answer to a warning", "Makes a statement"),
    AnswerKind.OFFERS_HELP.value: pgettext_lazy("answer to a warning", "Offers help"),
    AnswerKind.REQUEST.value: pgettext_lazy("answer to a warning", "Sends a request"),
    AnswerKind.STEP.value: pgettext_lazy("answer to a warning", "Takes a step"),
    AnswerKind.MEETING.value: pgettext_lazy("answer to a warning", "Asks for a meeting"),
}
LINKS = {
    LinkKind.EVIDENCE.value: _("Evidence"),
    LinkKind.ASSESSMENT.value: _("Assessment"),
    LinkKind.ANSWER.value: _("What was done about it"),
}
POINTS = {
    **STAGES,
    Mark.LEVEL.value: pgettext_lazy("point in time", "Level set"),
    Mark.ESCALATED.value: pgettext_lazy("point in time", "Took longer than agreed"),
    "answer": pgettext_lazy("point in time", "Answer"),
    "reply": pgettext_lazy("point in time", "Reply of a state concerned"),
    "version": pgettext_lazy("point in time", "Written anew"),
    "waived": pgettext_lazy("point in time", "Waiting was waived"),
}
TESTS = {
    Test.LIMIT.value: _("It reaches a number"),
    Test.UNUSUAL.value: _("It is unusual for the place: above a share of its last 36 months"),
    Test.RISE.value: _("It rises by a number over the month before"),
}
