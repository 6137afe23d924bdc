"""What notices about warnings say; titles are looked up as the reader, so that a recalled one has none."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import NoticeKind, register_notice_kind, register_subjects
from rtopnet.sharing.public import titles_in_sight, widely_marked
from rtopnet.warning.alerts.queries import rules_called

_KINDS: tuple[tuple[str, Promise | str, Promise | str, str], ...] = (
    (
        "answer_asked",
        _("You are asked to answer a warning"),
        _("{who} warns, and asks you to answer: {what}"),
        "situation_warning",
    ),
    (
        "answer_overdue",
        _("An answer to a warning is overdue"),
        _("Your answer to a warning of {who} is overdue: {what}"),
        "situation_warning",
    ),
    ("answered", _("A warning was answered"), _("{who} answered your warning: {what}"), "situation_warning"),
    (
        "level_set",
        _("A warning changed its level"),
        _("{who} set another level for: {what}"),
        "situation_warning",
    ),
    ("closed", _("A warning was closed"), _("{who} closed its warning: {what}"), "situation_warning"),
    (
        "overrun",
        _("A warning takes longer than agreed"),
        _("A stage of a warning took longer than agreed: {what}"),
        "situation_warning",
    ),
    (
        "signature_asked",
        _("You are asked to sign a warning"),
        _("{who} asks whether you sign its warning: {what}"),
        "situation_warning",
    ),
    ("signed", _("A state signed your warning"), _("{who} signed {what}"), "situation_warning"),
    ("left", _("A state does not sign your warning"), _("{who} does not sign {what}"), "situation_warning"),
    ("fired", _("A watch rule fired"), _("A watch rule of yours fired: {what}"), "situation_rule"),
)
KINDS = tuple(
    NoticeKind(
        f"alerts.{key}", title, sentence, route, urgent=key in {"answer_asked", "level_set", "overrun"}
    )
    for key, title, sentence, route in _KINDS
)


def register_notices() -> None:
    """Make the room's notices known when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)
    register_subjects("alerts.warning", _titles, nameable=widely_marked)
    register_subjects("alerts.rule", rules_called)


def _titles(records: Collection[UUID]) -> Mapping[UUID, str]:
    found = titles_in_sight(records)
    return {record: title or gettext("a warning") for record, title in found.items()}
