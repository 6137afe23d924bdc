"""Codes of the room in the reader's words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.advice.rules.course import Actor, Stage
from rtopnet.advice.rules.travel import Bar

FORMS = {
    "situation": _("Advice on a situation"),
    "outlook": _("Periodic regional outlook"),
    "briefing": _("Briefing note"),
    "concept": _("Concept paper for a summit"),
}
"""The layouts that come with the program; a region's own bring their names."""
SECTIONS = {
    "happening": _("What is happening"),
    "risk": _("What may follow, and for whom"),
    "done": _("What has been done"),
    "advice": _("What the network advises"),
    "outlook": _("How the region is"),
    "changed": _("What has changed"),
    "watch": _("What the network watches"),
    "summary": _("In short"),
    "background": _("Background"),
    "points": _("Points to note"),
    "purpose": _("What it is for"),
    "proposal": _("What is proposed"),
    "means": _("What it needs"),
    "asked": _("What the summit is asked to do"),
}
STAGES = {
    Stage.DRAFT: pgettext_lazy("stage of advice", "Draft"),
    Stage.CLEARANCE: pgettext_lazy("stage of advice", "In silence for clearance"),
    Stage.CLEARED: pgettext_lazy("stage of advice", "Cleared"),
    Stage.TRANSMITTED: pgettext_lazy("stage of advice", "Transmitted"),
    Stage.ACKNOWLEDGED: pgettext_lazy("stage of advice", "Acknowledged"),
    Stage.ANSWERED: pgettext_lazy("stage of advice", "Answered"),
    Stage.FOLLOWED_UP: pgettext_lazy("stage of advice", "Followed up"),
    Stage.CLOSED: pgettext_lazy("stage of advice", "Closed"),
    Stage.WITHDRAWN: pgettext_lazy("stage of advice", "Withdrawn"),
}
ACTORS = {
    Actor.DRAFTERS: pgettext_lazy("who has to act", "those who draft it"),
    Actor.CIRCLE: pgettext_lazy("who has to act", "the states that clear it"),
    Actor.OWNER: pgettext_lazy("who has to act", "its owner"),
    Actor.OFFICE: pgettext_lazy("who has to act", "the office"),
    Actor.NOBODY: pgettext_lazy("who has to act", "nobody"),
}
BARS = {
    Bar.OUT_OF_SIGHT: _("You do not read this record any more, so you cannot let a text rest on it."),
    Bar.NOT_OPEN: _("It is not shared now: a draft, under embargo, expired, or taken back."),
    Bar.MARKING: _("It is marked more strictly than this text, which would carry its title further."),
    Bar.OFFICE: _("It is not released to the office that this text goes to."),
    Bar.CIRCLE: _("Not all states that clear this text can read it."),
}
