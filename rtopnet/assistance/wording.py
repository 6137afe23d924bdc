"""Codes of assistance as words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.assistance.rules.course import Stage
from rtopnet.assistance.rules.words import Aid, Area, Flow, Form, Outcome, Pillar

AREAS = {
    Area.SAFETY.value: _("Safety and security"),
    Area.JUSTICE.value: _("Justice"),
    Area.POLITICS.value: _("Inclusive politics"),
    Area.GOVERNMENT.value: _("Core government functions"),
    Area.ECONOMY.value: _("Economic revival"),
    Area.PREVENTION.value: _("Prevention"),
}
PILLARS = {
    Pillar.OWN_DUTY.value: _("I: the state's own responsibility"),
    Pillar.HELP.value: _("II: help from others, and capacity"),
    Pillar.RESPONSE.value: _("III: timely response by peaceful means"),
}
FORMS = {
    Form.ENCOURAGEMENT.value: _("Encouragement"),
    Form.CAPACITY.value: _("Capacity-building"),
    Form.PROTECTION.value: _("Protection assistance"),
}
AIDS = {
    Aid.EXPERTS.value: _("Experts"),
    Aid.TRAINING.value: _("Training"),
    Aid.EQUIPMENT.value: _("Equipment"),
    Aid.MONEY.value: _("Money"),
    Aid.ADVICE.value: _("Advice"),
}
LEVEL_NAMES = {
    1: _("Works under guidance"),
    2: _("Works alone"),
    3: _("Leads and teaches others"),
}
STAGES = {
    Stage.DRAFT: pgettext_lazy("stage of a request for help", "Draft"),
    Stage.SUBMITTED: pgettext_lazy("stage of a request for help", "Submitted"),
    Stage.CIRCULATED: pgettext_lazy("stage of a request for help", "Circulated"),
    Stage.OFFERED: pgettext_lazy("stage of a request for help", "Offers came"),
    Stage.MATCHED: pgettext_lazy("stage of a request for help", "Matched"),
    Stage.UNDER_WAY: pgettext_lazy("stage of a request for help", "Under way"),
    Stage.COMPLETED: pgettext_lazy("stage of a request for help", "Completed"),
    Stage.APPRAISED: pgettext_lazy("stage of a request for help", "Appraised"),
    Stage.WITHDRAWN: pgettext_lazy("stage of a request for help", "Withdrawn"),
}
OUTCOMES = {
    Outcome.ACCEPTED.value: _("Accepted"),
    Outcome.DECLINED.value: _("Declined"),
    Outcome.CLOSED.value: _("Closed: the request was withdrawn"),
}
FLOWS = {
    Flow.PLEDGED.value: _("Pledged"),
    Flow.COMMITTED.value: _("Committed"),
    Flow.DISBURSED.value: _("Disbursed"),
    Flow.IN_KIND.value: _("In kind"),
}
