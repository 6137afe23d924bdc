"""Which signals belong together: the same whichever way one looks, and never what a person split."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rtopnet.warning.evidence.rules.linking import (
    Judgement,
    Likeness,
    Tie,
    Told,
    compare,
    groups,
    independent_sources,
    likenesses,
    mention,
    normal,
    plain_url,
)

DAY = date(2026, 9, 5)
WIRE = (
    "Houses of the river people were set on fire in Sovareth before dawn. Neighbours counted 14 dead and 63 "
    "houses burnt; some 400 people fled towards Peshalor on foot."
)
TEXTS = (
    WIRE,
    WIRE + " (Wire)",
    "In Sovareth 14 people died in a fire at night.",
    "ផ្ទះ ៦៣ ខ្នងត្រូវបានដុត មនុស្ស ៤០០ នាក់បានភៀសខ្លួន",
    "",
)


def told(name="a", text="", day=DAY, **more):
    return mention(id=name, first_day=day, text=text, **more)


mentions = st.builds(
    lambda name, day, text, place, names, url, near: told(
        name,
        day=DAY + timedelta(days=day),
        text=text,
        place=place,
        names=names,
        url=url,
        point=(24.0 + near, -141.0) if near is not None else None,
    ),
    st.uuids().map(str),
    st.integers(0, 3),
    st.sampled_from(TEXTS),
    st.sampled_from(("", "Sovareth", "Sovaret", "Peshalor, Ildony")),
    st.sets(st.sampled_from(("Hill Guard", "hill guards", "police", "river people"))),
    st.sampled_from(
        ("", "https://a.example/1", "http://www.a.example/1?utm_source=x", "https://b.example/2")
    ),
    st.none() | st.floats(0, 0.6),
)
worlds = st.lists(mentions, max_size=12, unique_by=lambda each: each.id)


@given(mentions, mentions)
def test_likeness_is_symmetric(one, other):
    assert compare(one, other) == compare(other, one)


@settings(max_examples=60)
@given(worlds, st.randoms())
def test_links_do_not_depend_on_the_order_of_arrival(world, rng):
    shuffled = list(world)
    rng.shuffle(shuffled)
    assert likenesses(shuffled) == likenesses(world)
    assert groups([each.id for each in shuffled], likenesses(shuffled)) == groups(
        [each.id for each in world], likenesses(world)
    )


@settings(max_examples=60)
@given(worlds)
def test_what_arrives_later_links_as_if_it_had_been_there(world):
    late = {each.id for each in world[::2]}
    early = [each for each in world if each.id not in late]
    both = likenesses(early) + likenesses(world, new=late)
    ids = [each.id for each in world]
    assert groups(ids, both) == groups(ids, likenesses(world))


@settings(max_examples=60)
@given(worlds, st.data())
def test_splits_stick(world, data):
    ids = sorted(each.id for each in world)
    pairs = list(combinations(ids, 2))
    split = data.draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []
    joined = data.draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []
    said = [Judgement(*pair, joined=False) for pair in split] + [
        Judgement(*pair, joined=True) for pair in joined
    ]
    found = groups(ids, likenesses(world), said)
    assert sorted(each for group in found for each in group) == ids
    assert not any({one, other} <= group for group in found for one, other in split)


def test_a_wire_copy_with_a_line_more_is_the_same_report():
    found = compare(told("a", WIRE), told("b", WIRE + " (Wire, with our own words at the end)"))
    assert found.tie is Tie.SAME_REPORT


def test_the_next_report_of_a_series_is_another_one():
    one, other = (
        told("a", "Situation report 12 on the floods"),
        told("b", "Situation report 13 on the floods"),
    )
    assert compare(one, other) is None


def test_one_article_at_two_addresses_is_the_same_report():
    one = told("a", url="https://www.news.example/a/?utm_source=mail")
    assert compare(one, told("b", url="http://news.example/a")).tie is Tie.SAME_REPORT


def test_an_event_is_found_across_scripts_by_day_place_and_figures():
    english = told("a", WIRE, point=(24.62, -141.35))
    khmer = told("b", TEXTS[3], point=(24.61, -141.36))
    assert compare(english, khmer).tie is Tie.SAME_EVENT


def test_the_same_day_and_place_alone_make_no_event():
    one = told("a", "A market was closed after threats.", place="Sovareth")
    other = told("b", "Parliament debates a new law on schools.", place="Sovareth")
    assert compare(one, other) is None


def test_other_states_and_other_weeks_make_no_event():
    same = {"place": "Sovareth", "names": ["Hill Guard"]}
    one = told("a", state="x", **same)
    assert compare(one, told("b", state="x", **same)) is not None
    assert compare(one, told("b", state="y", **same)) is None
    assert compare(one, told("b", state="x", day=DAY + timedelta(days=8), **same)) is None


def test_a_thousand_rows_of_one_article_do_not_take_a_million_comparisons():
    rows = [told(f"{number:04}", url="https://a.example/1") for number in range(1000)]
    assert len(likenesses(rows)) == 999


def test_copies_and_reports_of_one_newsroom_count_once():
    everyone = [
        Told("a", frozenset({"Wire"})),
        Told("b", frozenset({"Post"})),
        Told("c", frozenset({"Radio"})),
    ]
    copies = [Likeness("a", "b", Tie.SAME_REPORT, 1.0), Likeness("a", "c", Tie.SAME_EVENT, 0.9)]
    assert independent_sources(everyone, copies) == 2
    again = [*everyone, Told("d", frozenset({"radio"})), Told("e", frozenset({"Desk", "Wire"}))]
    assert independent_sources(again, copies) == 2


def test_a_persons_join_comes_before_what_is_likely():
    likely = [Likeness("a", "b", Tie.SAME_EVENT, 1.0)]
    said = [Judgement("b", "c", joined=True), Judgement("a", "c", joined=False)]
    assert groups("abc", likely, said) == [frozenset("a"), frozenset("bc")]


def test_scripts_digits_and_addresses_are_brought_to_one_form():
    assert normal("\uff25\u0301tat \u2014 \u17e1\u17e2") == "etat 12"
    assert plain_url("not an address") == plain_url("http://[::1") == ""


@given(st.text(max_size=200))
def test_any_text_can_be_brought_to_its_normal_form(text):
    assert normal(normal(text)) == normal(text)
    plain_url(text)
