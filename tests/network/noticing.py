"""A kind of notice and its subjects, for tests: titles that only their readers see."""

from django.db.models.functions import Now

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_account, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.network import notice_kinds
from rtopnet.network.models import Account, Holding, Post
from rtopnet.network.public import NoticeKind, give_notice, register_notice_kind, register_subjects

SUBJECT_KIND = "test.paper"
PLAIN = NoticeKind("test.plain", "A paper came", "{who} sent you {what}")
URGENT = NoticeKind("test.urgent", "A drill", "{who} asks you to answer {what}", urgent=True)
PERSONAL = NoticeKind("test.personal", "About you", "{what} is about you", personal=True)


class Papers:
    """Titles by id, and who reads them."""

    def __init__(self):
        self.titles, self.readers, self.nameable = {}, {}, set()

    def add(self, title, *readers):
        paper = new_id()
        self.titles[paper], self.readers[paper] = title, {reader.pk for reader in readers}
        self.nameable.add(paper)
        return paper

    def titles_of(self, ids):
        return {one: self.titles[one] for one in ids if acting_account() in self.readers.get(one, ())}


def known_papers(monkeypatch):
    """Make the kinds known for one test."""
    for name in ("_kinds", "_subjects"):
        monkeypatch.setattr(notice_kinds, name, dict(getattr(notice_kinds, name)))
    monkeypatch.setattr(notice_kinds, "_channels", [])
    papers = Papers()
    for kind in (PLAIN, URGENT, PERSONAL):
        register_notice_kind(kind)
    register_subjects(SUBJECT_KIND, papers.titles_of, nameable=lambda ids: papers.nameable & set(ids))
    return papers


def tell(*accounts, paper, kind=PLAIN, region=None, **more):
    give_notice(
        kind=kind.key,
        accounts=[account.pk for account in accounts],
        region=region or accounts[0].region_id,
        subject_kind=SUBJECT_KIND,
        subject=paper,
        **more,
    )


def hand_over(account, successor):
    """End the account's holdings now and let the successor hold its posts."""
    with acting_for(Capacity.INSTALLATION):
        posts = list(Holding.objects.filter(account=account).values_list("post_id", flat=True))
        Holding.objects.filter(account=account).update(ends_at=Now())
        for post in Post.objects.filter(pk__in=posts):
            Holding.objects.create(region_id=post.region_id, post=post, account=successor, starts_at=Now())
        record_deed(verb="handed_over", kind="network.post", subject=posts[0])


def let_hold_another_post(account):
    with acting_for(Capacity.INSTALLATION):
        post = Post.objects.get(region_id=account.region_id, key="xab-focal-point")
        Holding.objects.create(region_id=post.region_id, post=post, account=account, starts_at=Now())
        record_deed(verb="opened", kind="network.account", subject=account.pk)


def successor_of(region, name="successor"):
    with acting_for(Capacity.INSTALLATION):
        account = Account.objects.create(region=region, email=f"{name}@{region.slug}.example", name=name)
        record_deed(verb="opened", kind="network.account", subject=account.pk)
    return account
