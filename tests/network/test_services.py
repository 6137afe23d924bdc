from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Holding, Institution, Post, Region, SignInLink, State
from rtopnet.network.public import (
    SignInLinkSpentError,
    account_behind_link,
    give_sign_in_link,
    standing_of,
    use_sign_in_link,
)
from tests.factories import make_account, make_region

pytestmark = pytest.mark.django_db


def test_nothing_crosses_from_one_region_to_another():
    reef, ridge = make_region("reef"), make_region("ridge", states=("XBA",))
    reader = make_account(reef)
    make_account(ridge, "XBA")
    with acting_as(reader.pk):
        assert list(Region.objects.values_list("slug", flat=True)) == ["reef"]
        for model in (State, Institution, Post, Holding, Account):
            assert not model.objects.exclude(region_id=reef.pk).exists(), model
        assert State.objects.count() == 2


@pytest.mark.parametrize("model", [Region, State, Institution, Post, Holding, Account, SignInLink])
def test_nobody_sees_nothing(model):
    make_account(make_region())
    assert model.objects.count() == 0


def test_a_closed_account_sees_nothing_of_its_region():
    reader = make_account(make_region())
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=reader.pk).update(is_active=False)
    with acting_as(reader.pk):
        assert not State.objects.exists()


def test_an_account_cannot_write_what_the_installation_keeps():
    reader = make_account(make_region())
    with acting_as(reader.pk):
        assert State.objects.update(capital="Elsewhere") == 0
        assert Post.objects.all()._raw_delete("default") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Region.objects.create(slug="own", names={}, kind="real", working_language="en", pack_sha256="")


def test_an_account_cannot_move_itself_to_another_region():
    reef, ridge = make_region("reef"), make_region("ridge", states=("XBA",))
    reader = make_account(reef)
    with (
        acting_as(reader.pk),
        pytest.raises(DatabaseError, match="stays in its region"),
        transaction.atomic(),
    ):
        Account.objects.filter(pk=reader.pk).update(region_id=ridge.pk)


def test_a_post_is_held_by_one_account_at_a_time():
    region = make_region()
    make_account(region)
    with acting_for(Capacity.INSTALLATION):
        other = Account.objects.create(region=region, email="second@reef.example", name="Second")
        post = Post.objects.get(key="xaa-focal-point")
        with pytest.raises(IntegrityError, match="post_held_by_one_account"), transaction.atomic():
            Holding.objects.create(region=region, post=post, account=other, starts_at=clock.now())


def test_standing_names_post_and_state():
    reader = make_account(make_region())
    with acting_as(reader.pk):
        standing = standing_of(reader)
    assert (standing.region.slug, standing.state.iso3) == ("reef", "XAA")
    assert standing.posts == ({"en": "Focal point"},)


def test_a_sign_in_link_works_once():
    reader = make_account(make_region())
    with acting_for(Capacity.INSTALLATION):
        secret = give_sign_in_link(account=reader)
    with acting_for(Capacity.SIGN_IN):
        assert account_behind_link(secret=secret) == reader
        assert use_sign_in_link(secret=secret) == reader
        with pytest.raises(SignInLinkSpentError):
            use_sign_in_link(secret=secret)
        assert account_behind_link(secret=secret) is None


def test_a_sign_in_link_runs_out_and_several_stand_side_by_side():
    reader = make_account(make_region())
    with acting_for(Capacity.INSTALLATION):
        first, second = give_sign_in_link(account=reader), give_sign_in_link(account=reader)
    with acting_for(Capacity.SIGN_IN):
        assert account_behind_link(secret=first) == reader
        with clock.clock_at(clock.now() + timedelta(hours=13)):
            assert account_behind_link(secret=second) is None


def test_the_secret_of_a_link_is_not_kept():
    reader = make_account(make_region())
    with acting_for(Capacity.INSTALLATION):
        secret = give_sign_in_link(account=reader)
        assert secret not in str(SignInLink.objects.values())


def test_an_account_cannot_be_moved_even_in_capacity():
    reef, ridge = make_region("reef"), make_region("ridge", states=("XBA",))
    reader = make_account(reef)
    with (
        acting_for(Capacity.SIGN_IN),
        pytest.raises(DatabaseError, match="an account stays in its region"),
        transaction.atomic(),
    ):
        Account.objects.filter(pk=reader.pk).update(region_id=ridge.pk)
