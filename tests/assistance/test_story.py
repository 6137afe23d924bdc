"""The exercise is shown with help asked for and given, told once through the room's verbs."""

from pathlib import Path

import pytest

from rtopnet.assistance.public import (
    Stage,
    deployments_listed,
    entries_kept,
    money_of,
    offers_listed,
    requests_listed,
    tell_assistance_story,
    waiting_for,
)
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account
from rtopnet.network.public import load_region_pack, pack_folders, read_pack
from rtopnet.sharing.public import records_in_sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    pack = read_pack(next(folder for folder in pack_folders() if folder.name == "exercise"))
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_assistance_story(pack) == 5
    return pack


def seen_by(state, look):
    with acting_for(Capacity.INSTALLATION):
        account = Account.objects.get(email=f"{state}-focal-point@exercise.example")
    with acting_as(account.pk):
        return look()


def test_the_exercise_shows_every_part_of_the_room(told):
    stages = {line.stage for line in seen_by("xid", lambda: requests_listed(own=True))}
    assert stages == {Stage.UNDER_WAY, Stage.OFFERED, Stage.DRAFT}
    assert [line.stage for line in seen_by("xta", lambda: requests_listed(own=True))] == [Stage.APPRAISED]
    assert [line.stage for line in seen_by("xpe", lambda: requests_listed(own=True))] == [Stage.WITHDRAWN]
    assert len(seen_by("xnm", entries_kept)) == 4
    assert len(seen_by("xnm", deployments_listed)) == 1
    assert [one.answer.outcome.value for one in seen_by("xcb", lambda: offers_listed(own=True))] == ["closed"]
    [dollars] = seen_by("xid", money_of)
    assert (dollars.budget, dollars.committed, dollars.in_kind) == (130_000, 33_000, 4_200)


def test_something_waits_for_several_states(told):
    assert {one.about for one in seen_by("xid", waiting_for)} == {"answer"}
    assert {one.about for one in seen_by("xnm", waiting_for)} == {"offer", "runs_out"}


def test_the_lesson_is_the_networks(told):
    titles = [one.title for one in seen_by("xcb", records_in_sight).records if one.kind == "lesson"]
    assert titles == ["Register as little as you need, and let people see their own line"]


def test_it_is_told_once_and_never_in_a_region_of_real_states(told):
    assert tell_assistance_story(told) == 0
    for folder in pack_folders():
        pack = read_pack(folder)
        if pack.region.kind == "real":
            assert not (Path(folder) / "assistance.yaml").exists()
            assert tell_assistance_story(pack) == 0
