"""Letters that leave after commit and beside the request: their time or failure would tell of accounts."""

from threading import Thread

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from rtopnet.network.rules import name_in
from rtopnet.network.services import GivenInvitation

_log = structlog.get_logger(__name__)


def send_beside(letter: EmailMessage) -> None:
    """Send ``letter`` once the present transaction has committed, without letting the reader wait."""
    transaction.on_commit(Thread(target=_send, args=(letter,), daemon=True).start)


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError as error:
        _log.error("mail was not sent", reason=type(error).__name__)


def send_invitation(given: GivenInvitation, *, link: str, region: dict[str, str]) -> None:
    """Send the letter of an invitation, in the language chosen for it."""
    with translation.override(given.language):
        context = {
            "link": link,
            "code": given.code,
            "post": name_in(given.post_titles, given.language),
            "region": name_in(region, given.language),
        }
        text = render_to_string("network/letters/invitation.txt", context)
        subject = gettext("You are invited to RtoPNet")
    send_beside(EmailMessage(subject=subject, body=text, to=[given.email]))
