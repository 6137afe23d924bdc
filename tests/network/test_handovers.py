"""A post passes from one account to another at its hour, in the database and nowhere else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Handover, Holding, Institution, Notice, Post, State
from rtopnet.network.public import (
    Duty,
    HandoverDoneError,
    HandoverPendingError,
    HandoverRefusedError,
    NoPostHeldError,
    cancel_handover,
    duties_of,
    hand_over,
    handovers_in_sight,
    loss_of,
    register_duties,
    standing_of,
)
from rtopnet.network.queries import duties
from tests.network.offices import holder_of, make_offices

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=3)


@pytest.fixture
def offices():
    return make_offices()


def pass_on(offices, post="xaa", to="deputy", by="xaa", **more):
    return hand_over(
        by=offices.accounts[by].pk,
        post=offices.posts[post].pk,
        to=offices.accounts[to].pk,
        time_zone="UTC",
        **more,
    )


def seen_by(account, model):
    with acting_as(account.pk):
        return model.objects.count()


def database_moves_on(by):
    """Let every holding lie further back, as if the hours had passed."""
    with acting_for(Capacity.INSTALLATION):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE network_holding SET starts_at = starts_at - %s, ends_at = ends_at - %s", [by, by]
            )
        record_deed(verb="moved", kind="network.clock", subject="test")


def test_now_means_from_the_next_statement_on(offices):
    pass_on(offices)
    assert holder_of(offices.posts["xaa"]) == ["The deputy"]
    assert seen_by(offices.accounts["xaa"], State) == 0


def test_the_old_holder_reads_nothing_even_in_a_transaction_begun_before(offices):
    old = offices.accounts["xaa"]
    with acting_as(old.pk):
        assert State.objects.count() == 2
        pass_on(offices)
        for model in (State, Institution, Post, Holding, Handover):
            assert not model.objects.exists(), model
        assert list(Account.objects.all()) == [old]
        with pytest.raises(NoPostHeldError):
            standing_of(old)


def test_at_a_set_hour_nothing_changes_before_and_all_at_it(offices):
    hour = clock.now() + SOON
    pass_on(offices, at=hour)
    assert holder_of(offices.posts["xaa"]) == ["Focal point of XAA"]
    assert holder_of(offices.posts["xaa"], hour - timedelta(microseconds=1)) == ["Focal point of XAA"]
    assert holder_of(offices.posts["xaa"], hour) == ["The deputy"]
    assert seen_by(offices.accounts["xaa"], State) == 2
    with acting_as(offices.accounts["xaa"].pk):
        assert standing_of(offices.accounts["xaa"]).state.iso3 == "XAA"
    database_moves_on(SOON)
    assert seen_by(offices.accounts["xaa"], State) == 0
    assert seen_by(offices.accounts["deputy"], State) == 2


def test_a_holder_with_another_post_keeps_what_that_gives(offices):
    pass_on(offices, post="deputy", to="contributor", by="deputy")
    pass_on(offices, post="contributor", to="deputy", by="contributor")
    assert seen_by(offices.accounts["deputy"], State) == 2
    with acting_as(offices.accounts["deputy"].pk):
        assert [titles["en"] for titles in standing_of(offices.accounts["deputy"]).posts] == ["Contributor"]


def test_it_is_cancelled_before_its_hour_and_not_after(offices):
    handover = pass_on(offices, at=clock.now() + SOON)
    cancel_handover(by=offices.accounts["deputy"].pk, handover=handover)
    assert holder_of(offices.posts["xaa"], clock.now() + SOON * 2) == ["Focal point of XAA"]
    with pytest.raises(HandoverDoneError):
        cancel_handover(by=offices.accounts["deputy"].pk, handover=handover)
    done = pass_on(offices)
    with pytest.raises(HandoverDoneError):
        cancel_handover(by=offices.accounts["deputy"].pk, handover=done)


def test_a_second_one_waits_for_the_first(offices):
    pass_on(offices, at=clock.now() + SOON)
    with pytest.raises(HandoverPendingError):
        pass_on(offices, to="contributor")


@pytest.mark.parametrize(
    ("by", "post", "to"),
    [
        ("xab", "xaa", "deputy"),  # another state's desk
        ("contributor", "xaa", "contributor"),  # a contributor takes what is not theirs
        ("office", "xaa", "office"),  # the secretariat has no say in a state
        ("xaa", "xaa", "xab"),  # to another state
        ("xaa", "xaa", "office"),  # to the secretariat
        ("xaa", "xaa", "xaa"),  # to oneself
    ],
)
def test_who_may_not_hand_over_and_to_whom_not(offices, by, post, to):
    with pytest.raises(HandoverRefusedError):
        pass_on(offices, post=post, to=to, by=by)
    assert holder_of(offices.posts["xaa"]) == ["Focal point of XAA"]


def test_not_to_a_closed_account_nor_in_the_past(offices):
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=offices.accounts["deputy"].pk).update(is_active=False)
        record_deed(verb="closed", kind="network.account", subject=offices.accounts["deputy"].pk)
    for wrong in ({}, {"to": "contributor", "at": clock.now() - SOON}):
        with pytest.raises(HandoverRefusedError):
            pass_on(offices, **wrong)


def test_a_contributor_hands_their_own_post_over(offices):
    pass_on(offices, post="contributor", to="deputy", by="contributor")
    assert holder_of(offices.posts["contributor"]) == ["The deputy"]


def refused_by_the_database(offices, by, write, match="row-level security|books|same state"):
    with (
        acting_as(offices.accounts[by].pk),
        pytest.raises(DatabaseError, match=match),
        transaction.atomic(),
    ):
        write()


def test_whatever_the_statement_nobody_takes_a_post_of_another_state(offices):
    post, taker = offices.posts["xaa"], offices.accounts["xab"]

    def take():
        later = clock.now() + SOON
        Holding.objects.create(region=offices.region, post=post, account=taker, starts_at=later)

    refused_by_the_database(offices, "xab", take)
    # Nor is it given away.
    with acting_as(offices.accounts["xaa"].pk):
        Holding.objects.filter(post=post).update(ends_at=clock.now() + SOON)
        record_deed(verb="ended", kind="network.post", subject=post.pk)
    refused_by_the_database(offices, "xaa", take)


def test_whatever_the_statement_what_was_held_stays_in_the_books(offices):
    post = offices.posts["xaa"]

    def backdate():
        Holding.objects.filter(post=post).update(ends_at=clock.now() - timedelta(days=1))

    def rename():
        Holding.objects.filter(post=post).update(account=offices.accounts["deputy"])

    for write in (backdate, rename, lambda: Holding.objects.filter(post=post).delete()):
        refused_by_the_database(offices, "xaa", write, match="books|holding_ends")


def test_the_note_is_for_whoever_holds_the_post(offices):
    handover = pass_on(offices, at=clock.now() + SOON, note="The keys are in the drawer.")
    post = offices.posts["xaa"].pk

    def notes(name):
        account = offices.accounts[name]
        with acting_as(account.pk):
            return [each.note for each in handovers_in_sight(post, account.pk)]

    assert notes("deputy") == notes("xaa") == ["The keys are in the drawer."]
    assert notes("contributor") == notes("xab") == notes("office") == []
    cancel_handover(by=offices.accounts["xaa"].pk, handover=handover)
    pass_on(offices, note="Call the harbour.", to="contributor")
    assert notes("contributor") == ["Call the harbour."]
    assert notes("xaa") == []


def test_a_coming_holder_reads_the_note_beforehand(offices):
    pass_on(offices, to="contributor", at=clock.now() + SOON, note="Soon.")
    with acting_as(offices.accounts["contributor"].pk):
        assert Handover.objects.get().note == "Soon."


def test_those_concerned_are_told(offices):
    pass_on(offices, by="deputy", at=clock.now() + SOON)
    with acting_for(Capacity.INSTALLATION):
        assert set(Notice.objects.values_list("account__name", flat=True)) == {"Focal point of XAA"}
    with acting_for(Capacity.INSTALLATION):
        assert set(Notice.objects.values_list("kind", flat=True)) == {"network.post_handed_over"}


def test_duties_of_upper_rooms_are_listed(offices, monkeypatch):
    monkeypatch.setattr(duties, "_sources", [])
    register_duties(lambda _post: [Duty("Requests to answer", 3), Duty("Nothing", 0)])
    with acting_as(offices.accounts["xaa"].pk):
        assert duties_of(offices.posts["xaa"].pk) == [Duty("Requests to answer", 3)]


def test_what_ends_is_said_by_name(offices):
    with acting_as(offices.accounts["xaa"].pk):
        loss = loss_of(offices.posts["xaa"].pk, "en")
    assert (loss.holder, loss.body) == ("Focal point of XAA", "State XAA")
    assert (loss.space, loss.addressed, loss.network, loss.everything) == (True,) * 4
    with acting_for(Capacity.INSTALLATION):
        post = Post.objects.create(
            region=offices.region, key="second", kind="deputy", state=offices.posts["xaa"].state, titles={}
        )
        Holding.objects.create(
            region=offices.region, post=post, account=offices.accounts["xaa"], starts_at=clock.now()
        )
        record_deed(verb="made", kind="network.post", subject=post.pk)
    with acting_as(offices.accounts["xaa"].pk):
        loss = loss_of(offices.posts["xaa"].pk, "en")
    assert (loss.space, loss.addressed, loss.network, loss.everything) == (False,) * 4
