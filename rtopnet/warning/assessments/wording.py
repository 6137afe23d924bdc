"""Codes of assessments as words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.warning.assessments.rules.changes import Contrast, Move
from rtopnet.warning.assessments.rules.course import Stage
from rtopnet.warning.assessments.rules.profiles import Crime, ProfileLevel
from rtopnet.warning.assessments.rules.scale import Confidence, Presence, Trend

STAGES = {
    Stage.DRAFT: pgettext_lazy("stage of an assessment", "Draft"),
    Stage.SCORING: pgettext_lazy("stage of an assessment", "Scoring"),
    Stage.DISCUSSION: pgettext_lazy("stage of an assessment", "Discussion"),
    Stage.SECOND_SCORING: pgettext_lazy("stage of an assessment", "Second round"),
    Stage.SECOND_DISCUSSION: pgettext_lazy("stage of an assessment", "Discussion of the second round"),
    Stage.CONCLUDED: pgettext_lazy("stage of an assessment", "Concluded"),
}
PRESENCE = {
    Presence.ABSENT: pgettext_lazy("presence of a factor", "Absent"),
    Presence.UNCLEAR: pgettext_lazy("presence of a factor", "Unclear"),
    Presence.PRESENT: pgettext_lazy("presence of a factor", "Present"),
    Presence.STRONG: pgettext_lazy("presence of a factor", "Strong"),
}
PRESENCE_LONG = {
    Presence.ABSENT: _("Absent: I looked, and there is no sign of it"),
    Presence.UNCLEAR: _("Unclear: too little is known, or signs contradict one another"),
    Presence.PRESENT: _("Present: there are clear signs of it"),
    Presence.STRONG: _("Strong: signs are many or grave"),
}
TRENDS = {
    Trend.EASING: pgettext_lazy("trend of a factor", "Easing"),
    Trend.STEADY: pgettext_lazy("trend of a factor", "Steady"),
    Trend.WORSENING: pgettext_lazy("trend of a factor", "Worsening"),
}
CONFIDENCE = {
    Confidence.LOW: pgettext_lazy("confidence of an assessor", "Low"),
    Confidence.MEDIUM: pgettext_lazy("confidence of an assessor", "Medium"),
    Confidence.HIGH: pgettext_lazy("confidence of an assessor", "High"),
}
LEVELS = {
    ProfileLevel.NONE: pgettext_lazy("level of a profile", "No sign"),
    ProfileLevel.SOME: pgettext_lazy("level of a profile", "Some factors"),
    ProfileLevel.SEVERAL: pgettext_lazy("level of a profile", "Several factors"),
    ProfileLevel.PRONOUNCED: pgettext_lazy("level of a profile", "Pronounced"),
}
CRIMES = {
    Crime.GENOCIDE: pgettext_lazy("profile", "Genocide"),
    Crime.AGAINST_HUMANITY: pgettext_lazy("profile", "Crimes against humanity"),
    Crime.WAR: pgettext_lazy("profile", "War crimes"),
    Crime.CLEANSING: pgettext_lazy("profile", "Ethnic cleansing"),
    Crime.INCITEMENT: pgettext_lazy("profile", "Incitement"),
}
MOVES = {
    Move.WORSE: pgettext_lazy("since the last assessment", "Worse"),
    Move.BETTER: pgettext_lazy("since the last assessment", "Better"),
    Move.SAME: pgettext_lazy("since the last assessment", "Unchanged"),
    Move.NEW: pgettext_lazy("since the last assessment", "Not comparable"),
}
CONTRASTS = {
    Contrast.AGREE: _("The judgement and the figures do not contradict each other."),
    Contrast.JUDGED_HIGHER: _(
        "They differ: assessors see several factors or more, while the figures expect little deadly violence."
    ),
    Contrast.FIGURES_HIGHER: _(
        "They differ: the figures expect much deadly violence, while assessors see few factors."
    ),
    Contrast.JUDGED_WORSENING: _("They differ: assessors see it worsening, while the figures fall."),
    Contrast.FIGURES_RISING: _("They differ: the figures rise, while assessors see it easing."),
}
