"""Whose turn it is to chair, and how two texts become one."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rtopnet.meetings.meeting_rules import merged, next_chair

A, B, C = (UUID(int=number) for number in (1, 2, 3))
TEXTS = st.lists(st.sampled_from("abcd"), max_size=6).map("\n".join)


def test_the_chair_goes_to_the_next_and_from_the_last_to_the_first():
    assert [next_chair([A, B, C], last) for last in (A, B, C)] == [B, C, A]


def test_a_chair_that_left_the_network_gives_way_to_the_first():
    assert next_chair([A, B], C) == A
    assert next_chair([], C) is None


def test_changes_of_different_lines_become_one_text():
    base = "Opened at nine.\n\nItem one.\n\nItem two."
    mine = base.replace("Item one.", "Item one was taken note of.")
    theirs = base.replace("Item two.", "Item two was put off.") + "\n\nClosed at six."
    both = "Opened at nine.\n\nItem one was taken note of.\n\nItem two was put off.\n\nClosed at six."
    assert merged(base, theirs, mine) == merged(base, mine, theirs) == both


def test_changes_of_the_same_line_do_not():
    assert merged("a", "b", "c") is None
    assert merged("", "mine", "theirs") is None


def test_lines_put_in_at_the_same_place_do_not():
    assert merged("a\nb", "a\nx\nb", "a\ny\nb") is None


def test_the_same_change_counts_once():
    assert merged("a\nb", "a\nc", "a\nc") == "a\nc"


@given(TEXTS, TEXTS)
def test_who_changed_nothing_loses_nothing(base, changed):
    assert merged(base, changed, base) == changed
    assert merged(base, base, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_saved_first(base, one, other):
    assert merged(base, one, other) == merged(base, other, one)


@given(TEXTS, TEXTS, TEXTS)
def test_every_line_that_somebody_put_in_is_there(base, one, other):
    both = merged(base, one, other)
    if both is not None:
        added = {line for text in (one, other) for line in text.split("\n")} - set(base.split("\n"))
        assert added <= set(both.split("\n"))
