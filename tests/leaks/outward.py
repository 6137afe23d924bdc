"""What the program sends out by itself, with the account that each of it goes to."""

from django.core import mail

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network import push_messages
from rtopnet.network.models import Account, PushSubscription, Webhook
from rtopnet.network.public import deliver_due_announcements, deliver_due_notices
from rtopnet.sharing.rules import Marking
from tests.leaks.probes import Leak, found_in
from tests.leaks.visits import TALLY, report


def mails(leaks, monkeypatch):
    """Every mail to whom it goes."""
    _no_pushes(monkeypatch)
    deliver_due_notices()
    with acting_for(Capacity.INSTALLATION):
        by_address = dict(Account.objects.values_list("email", "pk"))
    for letter in mail.outbox:
        parts = [str(letter.message()), letter.subject, letter.body, *map(str, letter.alternatives)]
        for address in letter.to:
            yield by_address[address], "\n".join(parts)


def pushes(leaks, monkeypatch):
    """Every message to a browser, as the browser reads it, with its headers."""
    came = _no_pushes(monkeypatch)
    deliver_due_notices()
    with acting_for(Capacity.INSTALLATION):
        by_endpoint = dict(PushSubscription.objects.values_list("endpoint", "account_id"))
    for url, content, headers in came:
        account = by_endpoint[url]
        yield account, f"{leaks.browsers[account].read(content)} {headers}"


def webhooks(leaks, monkeypatch):
    """Every announcement to a program, with its headers."""
    came = []
    deliver_due_announcements(post=_keeping(came))
    with acting_for(Capacity.INSTALLATION):
        by_url = dict(Webhook.objects.values_list("url", "account_id"))
    for url, content, headers in came:
        yield by_url[url], f"{content.decode()} {headers}"


CHANNELS = {"a mail": mails, "a pushed message": pushes, "a webhook": webhooks}


def leaks_of(leaks, channel, monkeypatch):
    """What one channel gives away, and how much it sent: mails alone name anything, up to GREEN."""
    found, sent = [], 0
    for account, text in CHANNELS[channel](leaks, monkeypatch):
        sent += 1
        TALLY["probes"] += 1
        forbidden = _forbidden(leaks, account, may_name=channel == "a mail")
        found += [Leak(what, str(account), channel) for what in found_in(text, forbidden)]
    return report(found), sent


def _forbidden(leaks, account, *, may_name):
    reader = leaks.world.readers[account]
    words = {
        fact.word: fact.what
        for fact in leaks.facts
        if not (may_name and fact.allowed(reader) and (fact.is_wide or fact.what == "a name"))
    }
    # Which record it is may be told outside of what is GREEN or CLEAR alone.
    ids = {str(pk): "an id" for pk, one in leaks.envelopes.items() if one.marking < Marking.GREEN}
    return words | ids


def _no_pushes(monkeypatch):
    came = []
    monkeypatch.setattr(push_messages, "post_outward", _keeping(came))
    return came


def _keeping(came):
    def post(url, *, content, headers):
        came.append((url, content, headers))
        return 204

    return post
