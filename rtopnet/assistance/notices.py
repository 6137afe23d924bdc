"""What notices about assistance say; titles are looked up as the reader, so that a recalled one has none.

That a request, an offer, a deployment, an appraisal or a lesson can be read is told as of any record; these
are the other steps.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.assistance.queries import consents_called
from rtopnet.network.public import NoticeKind, register_notice_kind, register_subjects
from rtopnet.sharing.public import titles_in_sight, widely_marked

_KINDS: tuple[tuple[str, Promise | str, Promise | str, str], ...] = (
    (
        "submitted",
        _("A request for help was submitted"),
        _("A request waits for you to circulate it: {what}"),
        "assistance_request",
    ),
    (
        "regretted",
        _("Somebody you asked will not offer help"),
        _("{who} will not offer anything for {what}"),
        "assistance_request",
    ),
    (
        "withdrawn",
        _("A request for help was withdrawn"),
        _("{who} withdrew its request; what you offered is closed"),
        "assistance_offer",
    ),
    ("answered", _("Your offer was answered"), _("{who} answered your offer: {what}"), "assistance_offer"),
    (
        "completed",
        _("Help has been given"),
        _("{who} says that the help it asked for has been given: {what}"),
        "assistance_request",
    ),
    (
        "consent_asked",
        _("You are asked whether you agree to a deployment"),
        _("{who} asks whether you agree to a deployment"),
        "assistance_consent",
    ),
    (
        "consent_answered",
        _("An expert answered"),
        _("An expert on your roster answered: {what}"),
        "assistance_entry",
    ),
    (
        "confirmed",
        _("A sender confirmed"),
        _("{who} confirmed whom it sends: {what}"),
        "assistance_deployment",
    ),
    (
        "began",
        _("A deployment began"),
        _("{who} says that help has arrived: {what}"),
        "assistance_deployment",
    ),
    (
        "reported",
        _("A report on a deployment"),
        _("{who} reported on {what}"),
        "assistance_deployment",
    ),
    (
        "ended",
        _("A deployment ended"),
        _("{what} has ended; both sides are asked to appraise it"),
        "assistance_deployment",
    ),
    (
        "corrected",
        _("An expert corrects their entry"),
        _("An expert corrects their entry on your roster: {what}"),
        "assistance_entry",
    ),
    (
        "runs_out",
        _("A clearance or a skill runs out"),
        _("A clearance or a skill runs out within a month: {what}"),
        "assistance_entry",
    ),
    (
        "lesson_answered",
        _("A lesson was answered"),
        _("{who} answered on the lesson {what}"),
        "assistance_lesson",
    ),
    (
        "contributed",
        _("A contribution went a step further"),
        _("{who} went a step further with {what}"),
        "assistance_contribution",
    ),
)
KINDS = tuple(
    NoticeKind(
        f"assistance.{key}",
        title,
        sentence,
        route,
        urgent=key == "withdrawn",
        personal=key == "consent_asked",
    )
    for key, title, sentence, route in _KINDS
)


def register_notices() -> None:
    """Make the room's notices known when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)
    for subject in ("request", "offer", "deployment", "entry", "lesson", "appraisal", "contribution"):
        register_subjects(f"assistance.{subject}", _titles, nameable=widely_marked)
    register_subjects("assistance.consent", consents_called)


def _titles(records: Collection[UUID]) -> Mapping[UUID, str]:
    """Their titles, where they are read; of those without words it is said what they are."""
    found = titles_in_sight(records)
    return {record: title or gettext("a record of assistance") for record, title in found.items()}
