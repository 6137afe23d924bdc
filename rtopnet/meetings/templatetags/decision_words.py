"""Codes of the silence procedure as words."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rtopnet.kernel.clock import now
from rtopnet.meetings.public import Deed, Stage

register = template.Library()


@register.filter
def round_stage(stage: Stage | None) -> str:
    """Where a text stands."""
    words = {
        None: pgettext("stage of a proposal", "Draft"),
        Stage.IN_SILENCE: pgettext("stage of a proposal", "In silence"),
        Stage.BROKEN: pgettext("stage of a proposal", "Back with its drafter"),
        Stage.WITHDRAWN: pgettext("stage of a proposal", "Taken out of silence"),
        Stage.ADOPTED: pgettext("stage of a proposal", "Adopted"),
    }
    return words[stage]


@register.filter
def deed_done(deed: Deed) -> str:
    """What a desk did in a round, after its name."""
    words = {
        Deed.BREAK: pgettext("in a round", "broke the silence"),
        Deed.EXTENSION: pgettext("in a round", "asked for more time"),
        Deed.RESERVATION: pgettext("in a round", "joined with a reservation"),
        Deed.RETRACTION: pgettext("in a round", "took its reservation back"),
        Deed.COMMENT: pgettext("in a round", "commented"),
        Deed.WITHDRAWAL: pgettext("in a round", "took the text out of silence"),
    }
    return words[Deed(deed)]


@register.filter
def time_left(deadline: datetime) -> str:
    """``in 9 days``, ``in 5 hours``, or that it is over."""
    left = deadline - now()
    hours = int(left.total_seconds()) // 3600
    if left.total_seconds() <= 0:
        return _("over")
    if hours < 1:
        return _("in less than an hour")
    if hours < 48:  # noqa: PLR2004 -- two days
        return ngettext("in %(count)s hour", "in %(count)s hours", hours) % {"count": hours}
    return ngettext("in %(count)s day", "in %(count)s days", left.days) % {"count": left.days}
