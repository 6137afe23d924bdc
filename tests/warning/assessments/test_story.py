"""The exercise is shown with assessments, told once through the room's verbs."""

from pathlib import Path

import pytest

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account
from rtopnet.network.public import load_region_pack, pack_folders, read_pack
from rtopnet.warning.assessments.public import (
    Crime,
    ProfileLevel,
    Stage,
    assessment_sheet,
    assessments_in_sight,
    result_of,
    since_last,
    tell_assessments,
    waiting_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    pack = read_pack(next(folder for folder in pack_folders() if folder.name == "exercise"))
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_assessments(pack) == 3
    return pack


def seen_by(post, look):
    with acting_for(Capacity.INSTALLATION):
        account = Account.objects.get(email=f"{post}@exercise.example")
    with acting_as(account.pk):
        return look()


def third_quarter():
    return next(line for line in assessments_in_sight() if line.title == "Ildony, third quarter")


def test_two_are_concluded_and_one_is_being_scored(told):
    lines = seen_by("xnm-focal-point", assessments_in_sight)
    assert {line.title: line.stage for line in lines} == {
        "Ildony, first quarter": Stage.CONCLUDED,
        "Ildony, third quarter": Stage.CONCLUDED,
        "Our own north, ten years after the ceasefire": Stage.SCORING,
    }
    assert len(seen_by("xid-focal-point", assessments_in_sight)) == 2


def test_the_crimes_are_told_apart(told):
    levels = seen_by("xid-focal-point", third_quarter).levels
    assert levels[Crime.GENOCIDE] is ProfileLevel.SEVERAL
    assert levels[Crime.WAR] is ProfileLevel.SOME
    assert levels[Crime.CLEANSING] is ProfileLevel.SEVERAL
    assert levels[Crime.INCITEMENT] is ProfileLevel.SEVERAL


def test_two_rounds_a_minority_view_and_what_changed_can_be_looked_at(told):
    def look():
        line = third_quarter()
        found = assessment_sheet(line.id)
        return found, since_last(line.id), [result_of(found, turn).agreement for turn in found.shown_turns]

    found, since, (second, first) = seen_by("xta-focal-point", look)
    assert found.shown_turns == (2, 1)
    assert len(found.minority) == 1
    assert since.moved
    assert second > first


def test_something_waits_for_who_has_not_scored(told):
    assert {one.about for one in seen_by("xta-focal-point", waiting_for)} == {"score"}
    assert seen_by("xnm-focal-point", waiting_for) == []


def test_it_is_told_once_and_never_in_a_region_of_real_states(told):
    assert tell_assessments(told) == 0
    for folder in pack_folders():
        pack = read_pack(folder)
        if pack.region.kind == "real":
            assert not (Path(folder) / "assessments.yaml").exists()
            assert tell_assessments(pack) == 0
