"""The ledger's verbs and kinds in words."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

register = template.Library()

VERBS: dict[str, Promise] = {
    "accepted": pgettext_lazy("deed", "accepted"),
    "added_need": pgettext_lazy("deed", "added a need to"),
    "addressed": pgettext_lazy("deed", "set to whom it is addressed"),
    "agreed": pgettext_lazy("deed", "agreed to"),
    "answered": pgettext_lazy("deed", "answered"),
    "appraised": pgettext_lazy("deed", "appraised"),
    "asked": pgettext_lazy("deed", "asked"),
    "asked_again": pgettext_lazy("deed", "asked again about"),
    "asked_consent": pgettext_lazy("deed", "asked for consent of"),
    "attached": pgettext_lazy("deed", "attached"),
    "began": pgettext_lazy("deed", "began"),
    "called_off": pgettext_lazy("deed", "called off"),
    "changed": pgettext_lazy("deed", "changed"),
    "changed_need": pgettext_lazy("deed", "changed a need of"),
    "changed_password": pgettext_lazy("deed", "changed the password"),
    "circulated": pgettext_lazy("deed", "circulated"),
    "closed": pgettext_lazy("deed", "closed"),
    "completed": pgettext_lazy("deed", "completed"),
    "confirmed": pgettext_lazy("deed", "confirmed"),
    "consented": pgettext_lazy("deed", "agreed for"),
    "corrected": pgettext_lazy("deed", "corrected"),
    "declined": pgettext_lazy("deed", "declined"),
    "deleted": pgettext_lazy("deed", "deleted"),
    "described": pgettext_lazy("deed", "described"),
    "disagreed": pgettext_lazy("deed", "did not agree to"),
    "downloaded": pgettext_lazy("deed", "downloaded"),
    "drafted": pgettext_lazy("deed", "drafted"),
    "enclosed": pgettext_lazy("deed", "enclosed papers with"),
    "ended": pgettext_lazy("deed", "ended"),
    "exported": pgettext_lazy("deed", "exported"),
    "forgot": pgettext_lazy("deed", "forgot"),
    "gave": pgettext_lazy("deed", "gave"),
    "granted": pgettext_lazy("deed", "granted"),
    "handed_over": pgettext_lazy("deed", "handed over"),
    "invited": pgettext_lazy("deed", "invited"),
    "kept": pgettext_lazy("deed", "kept"),
    "lifted": pgettext_lazy("deed", "lifted from minutes"),
    "loaded": pgettext_lazy("deed", "loaded"),
    "locked": pgettext_lazy("deed", "locked"),
    "made": pgettext_lazy("deed", "made"),
    "moved": pgettext_lazy("deed", "moved"),
    "noted": pgettext_lazy("deed", "told what became of"),
    "opened": pgettext_lazy("deed", "opened"),
    "ordered": pgettext_lazy("deed", "put in order"),
    "proposed": pgettext_lazy("deed", "proposed"),
    "read": pgettext_lazy("deed", "read"),
    "recalled": pgettext_lazy("deed", "recalled"),
    "refused": pgettext_lazy("deed", "refused"),
    "regretted": pgettext_lazy("deed", "offered nothing for"),
    "released": pgettext_lazy("deed", "released"),
    "removed_need": pgettext_lazy("deed", "removed a need of"),
    "reopened": pgettext_lazy("deed", "reopened duties of"),
    "replied": pgettext_lazy("deed", "replied"),
    "reported": pgettext_lazy("deed", "reported on"),
    "requested": pgettext_lazy("deed", "requested"),
    "returned": pgettext_lazy("deed", "handed back"),
    "revised": pgettext_lazy("deed", "revised"),
    "saw_to": pgettext_lazy("deed", "saw to duties of"),
    "sent": pgettext_lazy("deed", "sent"),
    "set_members": pgettext_lazy("deed", "set the members"),
    "set_up": pgettext_lazy("deed", "set up"),
    "settled": pgettext_lazy("deed", "settled a correction of"),
    "shared": pgettext_lazy("deed", "shared"),
    "signed": pgettext_lazy("deed", "signed"),
    "signed_in": pgettext_lazy("deed", "signed in"),
    "signed_out": pgettext_lazy("deed", "signed out"),
    "submitted": pgettext_lazy("deed", "submitted"),
    "took_back": pgettext_lazy("deed", "took back"),
    "used": pgettext_lazy("deed", "used"),
    "went_on": pgettext_lazy("deed", "went on with"),
    "withdrawn": pgettext_lazy("deed", "withdrew"),
    "withdrew": pgettext_lazy("deed", "withdrew"),
}

KINDS: dict[str, Promise] = {
    "assistance.appraisal": pgettext_lazy("deed", "an appraisal"),
    "assistance.contribution": pgettext_lazy("deed", "a contribution"),
    "assistance.deployment": pgettext_lazy("deed", "a deployment"),
    "assistance.lesson": pgettext_lazy("deed", "a lesson"),
    "assistance.offer": pgettext_lazy("deed", "an offer of assistance"),
    "assistance.request": pgettext_lazy("deed", "a request for assistance"),
    "assistance.roster_entry": pgettext_lazy("deed", "a roster entry"),
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
