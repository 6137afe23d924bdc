"""Making, keeping and retiring posts, and what the database lets a desk do."""

from datetime import time, timedelta

import pytest
from django.db import DatabaseError, transaction

from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Holding, Institution, Post, PostContact, State
from rtopnet.network.public import (
    Contact,
    DeskDecidesError,
    FocalPointStaysError,
    KindNotOfThisDeskError,
    OfficeDay,
    PostRetiredError,
    card_of,
    confirm_contact,
    create_post,
    directory_of,
    hand_over,
    keep_contact,
    post_in_sight,
    retire_post,
    set_contributor_powers,
    tasks_for,
    vcard,
)
from tests.network.offices import holder_of, make_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    return make_offices(zone="Asia/Tokyo")


def ids(offices):
    with acting_for(Capacity.INSTALLATION):
        states = {f"state {each.iso3}": each.pk for each in State.objects.all()}
        return states | {each.key: each.pk for each in Institution.objects.all()}


def make(offices, by, kind, **of):
    known = ids(offices)
    return create_post(
        by=offices.accounts[by].pk,
        kind=kind,
        titles={"en": "New"},
        **{key: known[value] for key, value in of.items()},
    )


def test_a_state_s_desk_makes_deputies_and_contributors(offices):
    for kind in ("deputy", "contributor"):
        made = make(offices, "deputy", kind, state="state XAA", institution="ministry")
        assert holder_of(Post(pk=made)) == []


def test_an_institution_s_desk_makes_posts_of_its_own_kind(offices):
    make(offices, "office", "secretariat", institution="secretariat")
    with pytest.raises(KindNotOfThisDeskError):
        make(offices, "office", "operator", institution="secretariat")


@pytest.mark.parametrize(
    ("by", "kind", "of", "error"),
    [
        ("xaa", "focal_point", {"state": "state XAA"}, KindNotOfThisDeskError),
        ("xaa", "contributor", {"state": "state XAB"}, DeskDecidesError),
        ("xaa", "contributor", {"state": "state XAA", "institution": "secretariat"}, KindNotOfThisDeskError),
        ("contributor", "contributor", {"state": "state XAA"}, DeskDecidesError),
        ("office", "contributor", {"state": "state XAA"}, DeskDecidesError),
    ],
)
def test_nobody_makes_a_post_that_gives_more_than_their_own(offices, by, kind, of, error):
    with pytest.raises(error):
        make(offices, by, kind, **of)
    known = ids(offices)
    with (
        acting_as(offices.accounts[by].pk),
        pytest.raises(DatabaseError, match=r"row-level security|no such post"),
        transaction.atomic(),
    ):
        Post.objects.create(
            region=offices.region,
            key="taken",
            kind=kind,
            titles={},
            **{f"{key}_id": known[value] for key, value in of.items()},
        )


def test_a_desk_cannot_turn_a_post_into_another(offices):
    with (
        acting_as(offices.accounts["xaa"].pk),
        pytest.raises(DatabaseError, match="stays what it is"),
        transaction.atomic(),
    ):
        Post.objects.filter(pk=offices.posts["contributor"].pk).update(kind="deputy")
    with acting_as(offices.accounts["xab"].pk):
        assert Post.objects.filter(pk=offices.posts["contributor"].pk).update(drafts=False) == 0


def test_what_a_contributor_may_do_is_set_by_the_desk(offices):
    post = offices.posts["contributor"].pk
    set_contributor_powers(by=offices.accounts["deputy"].pk, post=post, reads_space=False, drafts=True)
    with acting_for(Capacity.INSTALLATION):
        assert Post.objects.values_list("reads_space", "drafts").get(pk=post) == (False, True)
    for by in ("contributor", "xab", "office"):
        with pytest.raises(DeskDecidesError):
            set_contributor_powers(by=offices.accounts[by].pk, post=post, reads_space=True, drafts=True)
    with pytest.raises(DeskDecidesError):
        set_contributor_powers(
            by=offices.accounts["xaa"].pk, post=offices.posts["deputy"].pk, reads_space=False, drafts=False
        )


def test_a_retired_post_is_held_no_longer_and_never_again(offices):
    post, desk = offices.posts["contributor"].pk, offices.accounts["xaa"].pk
    hand_over(
        by=desk,
        post=post,
        to=offices.accounts["deputy"].pk,
        time_zone="UTC",
        at=clock.now() + timedelta(hours=1),
    )
    retire_post(by=desk, post=post)
    assert holder_of(offices.posts["contributor"]) == []
    assert holder_of(offices.posts["contributor"], clock.now() + timedelta(hours=2)) == []
    with acting_as(offices.accounts["contributor"].pk):
        assert not State.objects.exists()
    with pytest.raises(PostRetiredError):
        retire_post(by=desk, post=post)
    with (
        acting_as(desk),
        pytest.raises(DatabaseError, match="never held again"),
        transaction.atomic(),
    ):
        Holding.objects.create(
            region=offices.region,
            post_id=post,
            account=offices.accounts["deputy"],
            starts_at=clock.now() + timedelta(hours=1),
        )


def test_a_focal_point_is_not_retired(offices):
    with pytest.raises(FocalPointStaysError):
        retire_post(by=offices.accounts["deputy"].pk, post=offices.posts["xaa"].pk)


WEEK = (*(OfficeDay(time(8), time(17)),) * 5, None, None)


def keep(offices, by="xaa", post="xaa", **more):
    contact = Contact(
        time_zone="Asia/Tokyo", languages=("km", "en"), week=WEEK, phone="+1 555, ext; 7", **more
    )
    keep_contact(by=offices.accounts[by].pk, post=offices.posts[post].pk, contact=contact)


def seen(offices, post="xaa", by="xab"):
    account = offices.accounts[by]
    with acting_as(account.pk):
        return post_in_sight(account, offices.posts[post].pk, "en")


def test_how_a_post_is_reached_is_seen_by_the_region_alone(offices):
    keep(offices, note="Knock twice")
    found = seen(offices)
    assert (found.phone, found.note) == ("+1 555, ext; 7", "Knock twice")
    assert [spoken.name for spoken in found.languages] == ["Khmer", "English"]
    elsewhere = make_offices("ridge")
    assert seen(offices, by="office") is not None
    stranger = elsewhere.accounts["xaa"]
    with acting_as(stranger.pk):
        assert post_in_sight(stranger, offices.posts["xaa"].pk, "en") is None
        assert not PostContact.objects.exists()


@pytest.mark.parametrize(
    ("hour", "is_open"), [("2026-03-02T00:30+00:00", True), ("2026-03-02T09:00+00:00", False)]
)
def test_local_time_and_office(offices, hour, is_open):
    keep(offices)
    with clock.clock_at(clock.datetime.fromisoformat(hour)):
        # Who holds what is asked at the same clock, so the office is looked at through the rule alone.
        found = seen(offices)
    assert found.is_open is is_open
    assert f"{found.local_time:%H:%M}" == ("09:30" if is_open else "18:00")


def test_only_the_holder_and_the_desk_change_it(offices):
    keep(offices, by="deputy")
    keep(offices, by="contributor", post="contributor")
    for by, post in (("contributor", "xaa"), ("xab", "xaa"), ("office", "xaa"), ("contributor", "deputy")):
        with pytest.raises(DeskDecidesError):
            keep(offices, by=by, post=post)
    with acting_as(offices.accounts["xab"].pk):
        assert PostContact.objects.update(phone="wrong") == 0


def test_confirming_is_the_holder_s(offices):
    with pytest.raises(DeskDecidesError):
        confirm_contact(by=offices.accounts["deputy"].pk, post=offices.posts["xaa"].pk)
    account = offices.accounts["xaa"]
    with acting_as(account.pk):
        assert [task.title for task in tasks_for(account, "en")] == [
            "Confirm how you are reached as Focal point"
        ]
    confirm_contact(by=account.pk, post=offices.posts["xaa"].pk)
    with acting_as(account.pk):
        assert tasks_for(account, "en") == []


def test_the_directory_is_narrowed_by_words_state_and_language(offices):
    keep(offices)
    account = offices.accounts["xab"]

    def found(**by):
        with acting_as(account.pk):
            whole = directory_of(account, "en", **by)
        bodies = (*whole.states, *whole.bodies)
        return {body.name: [post.holder for post in body.posts] for body in bodies if body.posts}

    assert set(found()) == {"State XAA", "State XAB", "Secretariat"}
    assert found(words="the DEPUTY") == {"State XAA": ["The deputy"]}
    assert set(found(iso3="XAB")) == {"State XAB"}
    assert found(spoken="km") == {"State XAA": ["Focal point of XAA"]}
    assert found(words="no such") == {}


def test_the_directory_asks_the_same_number_of_questions_whatever_its_size(
    offices, django_assert_max_num_queries
):
    account = offices.accounts["xab"]
    with acting_as(account.pk), django_assert_max_num_queries(12):
        directory_of(account, "en")


def test_a_card_is_a_vcard(offices):
    keep(offices, messenger="Lantern: reef-xaa", note="Line one\nline two" + " and a long tail" * 10)
    text = vcard(card_of(seen(offices)))
    lines = text.split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    assert "TEL;VALUE=text;TYPE=work:+1 555\\, ext\\; 7\r\n" in unfolded
    assert "NOTE:Lantern: reef-xaa\\nLine one\\nline two and a long tail" in unfolded


def test_a_former_holder_s_confirmation_does_not_count(offices):
    confirm_contact(by=offices.accounts["xaa"].pk, post=offices.posts["xaa"].pk)
    hand_over(
        by=offices.accounts["xaa"].pk,
        post=offices.posts["xaa"].pk,
        to=offices.accounts["contributor"].pk,
        time_zone="UTC",
    )
    account = offices.accounts["contributor"]
    with acting_as(account.pk):
        assert len(tasks_for(account, "en")) == 1
