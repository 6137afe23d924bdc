"""The exercise's year of meetings, as somebody finds it who first tries the platform."""

import pytest
from django.conf import settings

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.meetings.public import (
    actions_in_sight,
    agenda_of,
    meetings_past,
    meetings_to_come,
    minutes_of_meeting,
    minutes_sheet,
    tell_meetings,
)
from rtopnet.network.public import demonstration_accounts, load_region_pack, read_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    pack = read_pack(settings.REGION_FOLDER / "exercise")
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_meetings(pack) == 3
    assert tell_meetings(pack) == 0
    keys = {"xta-focal-point", "xnm-focal-point", "xid-focal-point", "secretariat"}
    with acting_for(Capacity.INSTALLATION):
        return demonstration_accounts(pack, keys)


def test_a_year_of_meetings_is_told_once_with_minutes_and_actions(told):
    with acting_as(told["xta-focal-point"]):
        assert (len(meetings_past()), len(meetings_to_come())) == (2, 1)
        assert all(minutes_of_meeting(line.record) for line in meetings_past())
        assert [line.is_done for line in actions_in_sight(shown="open")[0]] == [False]
        assert len(actions_in_sight(shown="done")[0]) == 2


def test_the_sensitive_item_is_for_two_states_alone(told):
    with acting_as(told["xta-focal-point"]):
        second = meetings_past()[0].record
    seen = {}
    for key, account in told.items():
        with acting_as(account):
            minutes = minutes_sheet(minutes_of_meeting(second))
            seen[key] = (len(agenda_of(second)), len(minutes.passages))
    assert seen["xid-focal-point"] == seen["xnm-focal-point"] == (3, 4)
    assert seen["secretariat"] == seen["xta-focal-point"] == (2, 3)
