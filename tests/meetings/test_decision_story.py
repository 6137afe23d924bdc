"""The decisions that the exercise is shown with."""

from pathlib import Path

import pytest

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.meetings.public import Deed, proposal_page, proposals_page, tell_decisions
from rtopnet.network.models import Account
from rtopnet.network.public import load_region_pack, read_pack

pytestmark = pytest.mark.django_db
EXERCISE = Path(__file__).resolve().parents[2] / "rtopnet/regions/exercise"


def test_the_exercise_shows_a_decision_of_each_kind_once():
    pack = read_pack(EXERCISE)
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_decisions(pack) == 4
    assert tell_decisions(pack) == 0
    with acting_for(Capacity.INSTALLATION):
        reader = Account.objects.get(email__startswith="xpe-focal-point@").pk
    with acting_as(reader):
        adopted, silent = proposals_page("adopted").lines, proposals_page("silence").lines
        assert [line.title[:4] for line in adopted] == ["How ", "Two "]
        assert [line.title[:4] for line in silent] == ["Rota"]
        second = proposal_page(adopted[0].record)
        assert (second.version, len(second.earlier)) == (2, 1)
        assert second.earlier[0].acts[-1].deed is Deed.BREAK
        assert second.round.is_extended
        assert [one.who["en"] for one in second.round.reservations] == ["Ildony"]
        assert second.statement.words
        assert second.round.opened_at < second.round.deadline
        assert proposals_page("drafts").lines == ()
