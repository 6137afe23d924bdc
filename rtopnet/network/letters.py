"""Mails about notices, as plain text and simple HTML, naming only what may be named."""

from collections.abc import Sequence
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core import mail, signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from rtopnet.network.models import Account
from rtopnet.network.queries import NoticeLine

_STOP_SALT = "network.notices.stop"
LONGEST_SUBJECT = 120
PERMANENT = 500
"""SMTP's answers from here on will not change by trying again."""


class NotSentError(Exception):
    """A mail did not go out: a code for the reason, and whether trying again is of no use."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.is_final = problem, is_final


def letter_about(account: Account, named: Sequence[NoticeLine], unnamed: int) -> EmailMultiAlternatives:
    """One mail about ``named`` notices, and that ``unnamed`` further ones wait, of which it says nothing."""
    stop = address_of("network_mail_stop", stop_token(account))
    with translation.override(account.language):
        about = {
            "named": named,
            "unnamed": unnamed,
            "notices": address_of("network_notices"),
            "choices": address_of("network_notice_choices"),
            "stop": stop,
            "language": account.language,
        }
        letter = EmailMultiAlternatives(
            subject=_subject(named, unnamed),
            body=render_to_string("network/mail/notices.txt", about),
            to=[account.email],
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        letter.attach_alternative(render_to_string("network/mail/notices.html", about), "text/html")
    return letter


def address_of(route: str, *arguments: str) -> str:
    """The full address of a page, for readers outside the product."""
    return f"{settings.SITE_ADDRESS}{reverse(route, args=arguments)}"


def stop_token(account: Account) -> str:
    """What a mail's link proves its reader by, to stop further mails; it opens nothing else."""
    return signing.dumps(str(account.pk), salt=_STOP_SALT)


def account_of_stop_token(token: str) -> str | None:
    """The id of the account whose mails the token stops."""
    try:
        account: str = signing.loads(token, salt=_STOP_SALT)
    except signing.BadSignature:
        return None
    return account


class Postman:
    """One connection to the mail server for many letters, opened when the first is sent."""

    def __enter__(self) -> Self:
        self._connection = mail.get_connection()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(self, letter: EmailMultiAlternatives) -> None:
        """Hand a letter to the mail server.

        Raises:
            NotSentError: the server did not take it.
        """
        letter.connection = self._connection
        try:
            self._connection.open()
            letter.send()
        except (SMTPException, OSError) as error:
            self._close()
            raise _why(error) from error

    def _close(self) -> None:
        try:
            self._connection.close()
        except (SMTPException, OSError):
            # The server has hung up already; the next letter opens a connection of its own.
            self._connection = mail.get_connection()


def _why(error: Exception) -> NotSentError:
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return NotSentError("refused", is_final=all(code >= PERMANENT for code in codes))
    if isinstance(error, SMTPResponseException) and not isinstance(error, SMTPServerDisconnected):
        return NotSentError("refused")
    return NotSentError("unreachable")


def _subject(named: Sequence[NoticeLine], unnamed: int) -> str:
    if len(named) == 1 and not unnamed:
        return Truncator(" ".join(named[0].sentence.split())).chars(LONGEST_SUBJECT)
    waiting = len(named) + unnamed
    if waiting == 1:
        return gettext("Something waits for you in RtoPNet")
    return ngettext(
        "%(count)d thing waits for you in RtoPNet", "%(count)d things wait for you in RtoPNet", waiting
    ) % {"count": waiting}
