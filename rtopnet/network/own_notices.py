"""The kinds of notice that the network's own room gives, and how accounts are called in them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rtopnet.network.models import Account
from rtopnet.network.notice_kinds import NoticeKind, register_notice_kind, register_subjects

TRIAL = NoticeKind(
    "network.trial",
    title=_("A trial"),
    sentence=_("A trial that you asked for: this is how notices reach you."),
    personal=True,
)


def register() -> None:
    """Make them known, when the program starts."""
    register_notice_kind(TRIAL)
    register_subjects("network.account", _names)


def _names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "name"))
