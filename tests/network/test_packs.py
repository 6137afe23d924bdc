"""Every pack that comes with the platform is sound, loads, and loads again."""

from dataclasses import replace

import pytest

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Account, Institution, Post, State
from rtopnet.network.public import (
    check_pack,
    give_demonstration_links,
    load_region_pack,
    loaded_pack_sha256,
    pack_folders,
    read_pack,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[folder.name for folder in pack_folders()])
def pack(request):
    folder = next(folder for folder in pack_folders() if folder.name == request.param)
    return read_pack(folder)


def test_a_pack_is_sound(pack):
    assert check_pack(pack.folder) == []


def test_a_pack_loads_and_loads_again(pack):
    with acting_for(Capacity.INSTALLATION):
        for _ in range(2):
            load_region_pack(pack)
            counts = (State.objects.count(), Post.objects.count())
            assert counts == (len(pack.region.states), len(pack.region.posts))
        assert Institution.objects.filter(state__isnull=True).count() == len(pack.region.institutions)
        assert loaded_pack_sha256(pack.region.slug) == pack.sha256


def test_a_pack_does_not_take_another_regions_place(pack):
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
        other_kind = "real" if pack.region.kind == "exercise" else "exercise"
        posing = replace(pack, region=replace(pack.region, kind=other_kind))
        with pytest.raises(RuleBrokenError, match="is loaded as another region"):
            load_region_pack(posing)


def test_demonstration_links_keep_their_accounts(pack):
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
        first = give_demonstration_links(pack)
        accounts = Account.objects.count()
        second = give_demonstration_links(pack)
        assert Account.objects.count() == accounts == len(first)
        assert {link.secret for link in first}.isdisjoint(link.secret for link in second)
        assert len({link.holder for link in first}) == len(first)
        assert all(account.email.endswith(".example") for account in Account.objects.all())
