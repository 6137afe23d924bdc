"""What is covered and what is missing."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.assistance.rules.coverage import NotOnOfferError, covered, expect_on_offer, money
from rtopnet.assistance.rules.words import Flow

ONE, TWO = UUID(int=1), UUID(int=2)


def test_several_offers_add_up_for_a_need():
    [first, second] = covered({ONE: 3, TWO: 2}, [(ONE, 2), (ONE, 1), (TWO, 5)], [(ONE, 2)])
    assert (first.offered, first.accepted, first.missing) == (3, 2, 1)
    assert (second.offered, second.missing) == (5, 2)


@pytest.mark.parametrize("accepted", [{ONE: 4}, {ONE: -1}, {TWO: 1}, {ONE: 0}, {}])
def test_no_more_is_accepted_than_is_offered_and_not_nothing(accepted):
    with pytest.raises(NotOnOfferError):
        expect_on_offer({ONE: 3}, accepted)


def test_a_pledge_does_not_close_the_gap():
    [dollars] = money([("USD", Decimal(100))], [("USD", Flow.PLEDGED, Decimal(80))])
    assert (dollars.pledged, dollars.gap) == (80, 100)


def test_what_is_committed_and_then_paid_counts_once():
    flows = [
        ("USD", Flow.COMMITTED, Decimal(60)),
        ("USD", Flow.DISBURSED, Decimal(40)),
        ("USD", Flow.IN_KIND, Decimal(10)),
    ]
    [dollars] = money([("USD", Decimal(100))], flows)
    assert dollars.gap == 30


def test_currencies_are_kept_apart():
    found = money([("USD", Decimal(1))], [("EUR", Flow.COMMITTED, Decimal(5))])
    assert [(one.currency, one.gap) for one in found] == [("EUR", 0), ("USD", 1)]


@given(st.lists(st.tuples(st.sampled_from(Flow), st.integers(1, 10**6)), max_size=20), st.integers(1, 10**6))
def test_the_gap_is_never_more_than_the_budget_nor_less_than_nothing(flows, budget):
    given_so_far = [("USD", flow, Decimal(amount)) for flow, amount in flows]
    [dollars] = money([("USD", Decimal(budget))], given_so_far)
    assert 0 <= dollars.gap <= budget
