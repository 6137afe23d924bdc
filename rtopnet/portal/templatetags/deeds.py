"""The ledger's verbs and kinds in words."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

register = template.Library()

VERBS: dict[str, Promise] = {
    "accepted": pgettext_lazy("deed", "accepted"),
    "addressed": pgettext_lazy("deed", "set to whom it is addressed"),
    "answered": pgettext_lazy("deed", "answered"),
    "asked": pgettext_lazy("deed", "asked"),
    "attached": pgettext_lazy("deed", "attached"),
    "called_off": pgettext_lazy("deed", "called off"),
    "changed": pgettext_lazy("deed", "changed"),
    "changed_password": pgettext_lazy("deed", "changed the password"),
    "closed": pgettext_lazy("deed", "closed"),
    "confirmed": pgettext_lazy("deed", "confirmed"),
    "deleted": pgettext_lazy("deed", "deleted"),
    "described": pgettext_lazy("deed", "described"),
    "downloaded": pgettext_lazy("deed", "downloaded"),
    "drafted": pgettext_lazy("deed", "drafted"),
    "enclosed": pgettext_lazy("deed", "enclosed papers with"),
    "ended": pgettext_lazy("deed", "ended"),
    "exported": pgettext_lazy("deed", "exported"),
    "granted": pgettext_lazy("deed", "granted"),
    "handed_over": pgettext_lazy("deed", "handed over"),
    "invited": pgettext_lazy("deed", "invited"),
    "lifted": pgettext_lazy("deed", "lifted from minutes"),
    "loaded": pgettext_lazy("deed", "loaded"),
    "locked": pgettext_lazy("deed", "locked"),
    "made": pgettext_lazy("deed", "made"),
    "moved": pgettext_lazy("deed", "moved"),
    "noted": pgettext_lazy("deed", "told what became of"),
    "opened": pgettext_lazy("deed", "opened"),
    "ordered": pgettext_lazy("deed", "put in order"),
    "read": pgettext_lazy("deed", "read"),
    "recalled": pgettext_lazy("deed", "recalled"),
    "refused": pgettext_lazy("deed", "refused"),
    "released": pgettext_lazy("deed", "released"),
    "replied": pgettext_lazy("deed", "replied"),
    "requested": pgettext_lazy("deed", "requested"),
    "revised": pgettext_lazy("deed", "revised"),
    "set_members": pgettext_lazy("deed", "set the members"),
    "signed": pgettext_lazy("deed", "signed"),
    "signed_in": pgettext_lazy("deed", "signed in"),
    "signed_out": pgettext_lazy("deed", "signed out"),
    "used": pgettext_lazy("deed", "used"),
    "withdrawn": pgettext_lazy("deed", "withdrew"),
}

KINDS: dict[str, Promise] = {
    "audit.book": pgettext_lazy("deed", "this ledger"),
    "meetings.action": pgettext_lazy("deed", "an action"),
    "meetings.agenda_item": pgettext_lazy("deed", "an agenda item"),
    "meetings.delegation": pgettext_lazy("deed", "an answer to an invitation"),
    "meetings.feed": pgettext_lazy("deed", "a calendar feed"),
    "meetings.meeting": pgettext_lazy("deed", "a meeting"),
    "meetings.minutes": pgettext_lazy("deed", "minutes"),
    "meetings.series": pgettext_lazy("deed", "a series of meetings"),
    "network.account": pgettext_lazy("deed", "an account"),
    "network.holding": pgettext_lazy("deed", "the holding of a post"),
    "network.invitation": pgettext_lazy("deed", "an invitation"),
    "network.notices": pgettext_lazy("deed", "notices"),
    "network.post": pgettext_lazy("deed", "a post"),
    "network.sign_in_link": pgettext_lazy("deed", "a sign-in link"),
    "sharing.attachment": pgettext_lazy("deed", "an attachment"),
    "sharing.consultation": pgettext_lazy("deed", "a consultation"),
    "sharing.group": pgettext_lazy("deed", "a group of addressees"),
    "sharing.part": pgettext_lazy("deed", "a part of a record"),
    "sharing.receipt": pgettext_lazy("deed", "a receipt"),
    "sharing.record": pgettext_lazy("deed", "a record"),
    "sharing.release_request": pgettext_lazy("deed", "a request for release"),
}


@register.filter
def deed_verb(verb: str) -> str:
    """A verb of the ledger in words; one that has none yet stands as it is."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


@register.filter
def deed_kind(kind: str) -> str:
    """What a deed was done to, in words; a kind that has none yet stands as it is."""
    return str(KINDS.get(kind, kind.rpartition(".")[2].replace("_", " ")))
