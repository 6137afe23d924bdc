"""Offers are between two: the asking state and whoever offers."""

from datetime import timedelta

import pytest

from rtopnet.assistance.models import Offer, OfferLine
from rtopnet.assistance.public import (
    NotOnOfferError,
    OfferAnsweredError,
    OfferRefusedError,
    Outcome,
    Stage,
    StageRefusedError,
    accept_offer,
    comparison,
    decline_offer,
    draft_offer,
    offer_in_sight,
    offers_for,
    offers_listed,
    request_sheet,
    take_back_offer,
    withdraw_request,
)
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import clock_at, now, today
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError
from tests.assistance.helping import circulated, desk, lines_of, offered, rostered, seen_by, wish

pytestmark = pytest.mark.django_db


def stage(world, record):
    return seen_by(world, "XAA", request_sheet, record).stage


@pytest.fixture
def asked(world):
    record, needs = circulated(world, wishes=(wish(number=3), wish(what="trainers", number=2)))
    return record, needs


def test_an_offer_is_read_by_the_asking_state_alone(world, asked):
    record, needs = asked
    offer = offered(world, record, needs[0])
    assert seen_by(world, "XAA", offer_in_sight, offer).lines[0].number == 2
    assert stage(world, record) is Stage.OFFERED
    for other in ("XAC", "secretariat"):
        with acting_as(desk(world, other)):
            assert offer_in_sight(offer) is None
            assert not Offer.objects.exists()
            assert not OfferLine.objects.exists()
            assert offers_for(record) == []


def test_a_draft_of_an_offer_is_ones_own(world, asked):
    record, needs = asked
    offer = offered(world, record, needs[0], send=False)
    assert seen_by(world, "XAA", offer_in_sight, offer) is None
    assert stage(world, record) is Stage.CIRCULATED


def test_who_was_not_asked_cannot_offer(world):
    record, needs = circulated(world, to=("XAB",))
    with pytest.raises(RecordNotInSightError):
        offered(world, record, needs[0], code="XAC")


def test_nobody_offers_in_the_name_of_another(world, asked):
    record, _ = asked
    with pytest.raises(OwnerDecidesError):
        draft_offer(
            by=desk(world, "XAB"),
            request=record,
            body=world.states["XAC"].pk,
            valid_until=today(),
            lines=[],
        )


def test_an_offer_names_the_post_and_never_the_person(world, asked):
    record, needs = asked
    entry = rostered(world)
    offer = offered(world, record, needs[0], entry=entry, number=1)
    [line] = seen_by(world, "XAA", offer_in_sight, offer).lines
    assert (line.entry, line.post_title) == (entry, "Adviser on witness protection")
    with acting_as(desk(world)):
        from rtopnet.assistance.models import Entry

        assert not Entry.objects.exists()


def test_what_is_not_on_ones_roster_cannot_be_offered(world, asked):
    record, needs = asked
    with pytest.raises(OfferRefusedError, match="roster"):
        offered(world, record, needs[0], entry=rostered(world, "XAC"))


def test_two_offers_are_combined_and_what_is_missing_shows(world, asked):
    record, needs = asked
    first = offered(world, record, needs[0], number=2)
    second = offered(world, record, needs[0], code="XAC", number=2)
    for offer, number in ((first, 2), (second, 1)):
        accept_offer(by=desk(world), offer=offer, accepted={lines_of(world, offer)[0]: number})
    table = seen_by(world, "XAA", comparison, record)
    assert [row.covered.missing for row in table.needs] == [0, 2]
    assert [row.need.what for row in table.missing] == ["trainers"]
    assert [[line.accepted for line in cell] for cell in table.needs[0].cells] == [[2], [1]]
    assert stage(world, record) is Stage.MATCHED


def test_no_more_is_accepted_than_was_offered(world, asked):
    record, needs = asked
    offer = offered(world, record, needs[0])
    with pytest.raises(NotOnOfferError):
        accept_offer(by=desk(world), offer=offer, accepted={lines_of(world, offer)[0]: 3})


def test_an_answer_is_given_once_and_by_the_asking_state(world, asked):
    record, needs = asked
    offer = offered(world, record, needs[0])
    with pytest.raises(RecordNotInSightError):
        decline_offer(by=desk(world, "XAB"), offer=offer, words="no")
    decline_offer(by=desk(world), offer=offer, words="We found others.")
    assert seen_by(world, "XAB", offer_in_sight, offer).answer.words == "We found others."
    with pytest.raises(OfferAnsweredError):
        decline_offer(by=desk(world), offer=offer, words="again")
    assert stage(world, record) is Stage.CIRCULATED


def test_declining_needs_words(world, asked):
    record, needs = asked
    with pytest.raises(OfferRefusedError):
        decline_offer(by=desk(world), offer=offered(world, record, needs[0]), words=" ")


def test_an_offer_whose_day_is_over_cannot_be_accepted(world, asked):
    record, needs = asked
    offer = offered(world, record, needs[0])
    line = lines_of(world, offer)[0]
    with clock_at(now() + timedelta(days=30)):
        assert stage(world, record) is Stage.CIRCULATED
        with pytest.raises(StageRefusedError):
            accept_offer(by=desk(world), offer=offer, accepted={line: 1})


def test_an_offer_can_be_taken_back_until_it_is_answered(world, asked):
    record, needs = asked
    offer = offered(world, record, needs[0])
    take_back_offer(by=desk(world, "XAB"), offer=offer)
    assert seen_by(world, "XAA", offer_in_sight, offer) is None
    assert stage(world, record) is Stage.CIRCULATED
    another = offered(world, record, needs[0])
    accept_offer(by=desk(world), offer=another, accepted={lines_of(world, another)[0]: 1})
    with pytest.raises(OfferAnsweredError):
        take_back_offer(by=desk(world, "XAB"), offer=another)


def test_withdrawing_a_request_closes_every_offer_and_its_makers_see_it(world, asked):
    record, needs = asked
    offers = {code: offered(world, record, needs[0], code=code) for code in ("XAB", "XAC")}
    withdraw_request(by=desk(world), record=record, words="We manage ourselves.")
    for code, offer in offers.items():
        answer = seen_by(world, code, offer_in_sight, offer).answer
        assert (answer.outcome, answer.words) == (Outcome.CLOSED, "We manage ourselves.")
    assert [one.what for one in seen_by(world, "XAB", offer_in_sight, offers["XAB"]).lines] == [""]


def test_lists_hold_what_one_made_and_what_one_was_made(world, asked):
    record, needs = asked
    offered(world, record, needs[0])
    assert len(seen_by(world, "XAB", lambda: offers_listed(own=True))) == 1
    assert len(seen_by(world, "XAA", lambda: offers_listed(own=False))) == 1
    assert seen_by(world, "XAA", lambda: offers_listed(own=True)) == []
