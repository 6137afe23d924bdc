"""The story that the exercise is shown with: told once, as its accounts would, and by nobody's leave."""

from dataclasses import replace

import pytest

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Holding
from rtopnet.network.public import load_region_pack, pack_folders, read_pack
from rtopnet.network.region_pack import vocabulary
from rtopnet.sharing.public import (
    RECORD_KINDS,
    Marking,
    parts_in_sight,
    record_tasks_for,
    records_in_sight,
    records_only_known,
    replies_on,
    tell_story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pack():
    return read_pack(next(folder for folder in pack_folders() if folder.name == "exercise"))


@pytest.fixture
def told(pack):
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_story(pack) == len(pack.story) >= 8
    return pack


def account_of(post):
    with acting_for(Capacity.INSTALLATION):
        return Account.objects.get(email=f"{post}@exercise.example")


def seen_by(post, look):
    account = account_of(post)
    with acting_as(account.pk):
        return look(account)


def test_words_of_packs_are_those_of_records():
    assert tuple(RECORD_KINDS) == vocabulary.RECORDS
    assert [word.replace("+", "_") for word in vocabulary.MARKINGS] == [level.name for level in Marking]


def test_it_is_told_once(told):
    assert tell_story(told) == 0


def test_something_waits_for_both_focal_points(told):
    def titles(post):
        return [task.title for task in seen_by(post, lambda account: record_tasks_for(account, "en"))]

    assert len(titles("xid-focal-point")) == 2
    assert "Tarvessa consults your state" in titles("xnm-focal-point")[0]


def test_parts_replies_and_what_is_only_known(told):
    def look(_account):
        records = records_in_sight(whose="shared").records
        parts = [part for record in records for part in parts_in_sight(record.id, 1)]
        replies = [reply for record in records for reply in replies_on(record.id)]
        return len(records), len(parts), len(replies), len(records_only_known())

    assert seen_by("xid-focal-point", look) == (3, 1, 1, 1)
    assert seen_by("xta-focal-point", look) == (3, 0, 1, 1)


def test_no_story_where_a_post_is_somebody_s_own(pack):
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_story(replace(pack, region=replace(pack.region, kind="real"))) == 0
    with acting_for(Capacity.INSTALLATION):
        assert not Holding.objects.exists()
