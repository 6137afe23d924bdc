"""Where everybody wants to be told, and whom a desk invited: each is its holder's, or the desk's, alone."""

from rtopnet.kernel.acting import acting_as
from rtopnet.network.models import Account, ApiToken, Invitation, PushSubscription, Webhook
from rtopnet.network.notice_kinds import known_kinds
from rtopnet.network.public import Scope, add_push_subscription, invite_to_new_post, make_token, make_webhook
from rtopnet.sharing.rules import speaks_for
from tests.leaks.facts import LeakWorld
from tests.network.push_services import Browser


def plant(leaks: LeakWorld) -> None:
    """Before there is anything to be told: a webhook, a browser and a token for each, and an invitation."""
    kinds = {kind.key for kind in known_kinds()}
    for account in leaks.world.readers:
        token = leaks.word("a token's name", _only(account))
        leaks.tokens[account] = make_token(by=account, name=token, scopes=list(Scope), days=9).secret
        hook = leaks.word("a webhook's address", _only(account))
        make_webhook(by=account, url=f"https://{hook}.example/", kinds=kinds)
        endpoint = leaks.word("a browser's push service", _only(account))
        browser = leaks.browsers[account] = Browser(f"https://push.example/{endpoint}")
        add_push_subscription(
            by=account, browser=leaks.word("a browser", _only(account)), **browser.subscription()
        )
    desk = leaks.desk("XAA")
    state = leaks.world.states["XAA"].pk
    invited = leaks.word("who is invited", lambda reader: bool(reader and speaks_for(reader, state)))
    with acting_as(desk):
        invite_to_new_post(
            by=Account.objects.get(pk=desk), kind="deputy", title="d", email=f"{invited}@a.example"
        )
        for name, model in (
            ("token", ApiToken),
            ("webhook", Webhook),
            ("subscription", PushSubscription),
            ("invitation_id", Invitation),
        ):
            leaks.ids[name] = [*model.objects.values_list("pk", flat=True)[:1]]


def _only(account):
    return lambda reader: reader is not None and reader.account == account
