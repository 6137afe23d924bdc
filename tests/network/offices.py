"""A small region with its offices held: focal points, a deputy, a contributor, the secretariat."""

from dataclasses import dataclass, field

from rtopnet.audit.public import record_deed
from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account, Holding, Institution, Post, State
from rtopnet.network.queries.members import held_at
from tests.factories import make_account, make_region


@dataclass
class Offices:
    """Posts and accounts by name: ``xaa`` and ``xab`` are the focal points, ``office`` the secretariat."""

    region: object
    posts: dict = field(default_factory=dict)
    accounts: dict = field(default_factory=dict)


def make_offices(slug="reef", *, zone="UTC"):
    region = make_region(slug, states=("XAA", "XAB"))
    offices = Offices(region)
    with acting_for(Capacity.INSTALLATION):
        State.objects.filter(region=region, iso3="XAA").update(time_zones=[zone], languages=["km"])
        xaa = State.objects.get(region=region, iso3="XAA")
        body = Institution.objects.create(
            region=region, key="secretariat", names={"en": "Secretariat"}, kind="secretariat"
        )
        ministry = Institution.objects.create(
            region=region, state=xaa, key="ministry", names={"en": "Ministry"}, kind="ministry"
        )
        record_deed(verb="made", kind="network.region", subject=region.pk)
    for iso3 in ("XAA", "XAB"):
        offices.accounts[iso3.lower()] = make_account(region, iso3)
        with acting_for(Capacity.INSTALLATION):
            offices.posts[iso3.lower()] = Post.objects.get(region=region, key=f"{iso3.lower()}-focal-point")
    take_office(offices, "deputy", "deputy", state=xaa)
    take_office(offices, "contributor", "contributor", state=xaa, institution=ministry)
    take_office(offices, "office", "secretariat", institution=body)
    return offices


def take_office(offices, name, kind, **of):
    """A post of ``kind``, held by a new account of that name."""
    with acting_for(Capacity.INSTALLATION):
        post = Post.objects.create(
            region=offices.region, key=f"post-{name}", kind=kind, titles={"en": name.title()}, **of
        )
        offices.posts[name] = post
        offices.accounts[name] = open_account(offices, name)
        Holding.objects.create(
            region=offices.region, post=post, account=offices.accounts[name], starts_at=clock.now()
        )
        record_deed(verb="opened", kind="network.account", subject=offices.accounts[name].pk)


def open_account(offices, name):
    slug = offices.region.slug
    return Account.objects.create(region=offices.region, email=f"{name}@{slug}.example", name=f"The {name}")


def holder_of(post, at=None):
    with acting_for(Capacity.INSTALLATION):
        held = Holding.objects.filter(held_at(at or clock.now()), post=post)
        return [holding.account.name for holding in held.select_related("account")]
