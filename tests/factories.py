"""Small worlds for tests: fictional regions, their posts and accounts."""

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Post, Region, State
from rtopnet.network.public import open_account


def make_region(slug="reef", *, states=("XAA", "XAB"), kind="exercise"):
    """A region with states and, for each, a focal point's post."""
    with acting_for(Capacity.INSTALLATION):
        region = Region.objects.create(
            slug=slug,
            names={"en": slug.title(), "km": "តំបន់"},
            kind=kind,
            working_language="en",
            pack_sha256="0" * 64,
        )
        for number, iso3 in enumerate(states):
            state = State.objects.create(
                region=region,
                iso3=iso3,
                gw_id=9100 + number,
                names={"en": f"State {iso3}"},
                capital="Harbour",
                time_zones=["UTC"],
            )
            Post.objects.create(
                region=region,
                key=f"{iso3.lower()}-focal-point",
                kind="focal_point",
                state=state,
                titles={"en": "Focal point"},
            )
        record_deed(verb="made", kind="network.region", subject=region.pk, region=region.pk)
    return region


def make_account(region, iso3="XAA", *, password=None):
    """An account that holds the focal point's post of a state."""
    with acting_for(Capacity.INSTALLATION):
        post = Post.objects.get(region=region, key=f"{iso3.lower()}-focal-point")
        account = open_account(
            post=post, email=f"{iso3.lower()}@{region.slug}.example", name=f"Focal point of {iso3}"
        )
        if password:
            account.set_password(password)
            account.save()
    return account
