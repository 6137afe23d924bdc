"""The advice that the exercise is shown with."""

from pathlib import Path

import pytest

from rtopnet.advice.public import Bar, Stage, advice_register, paper_page, sent_page, tell_advice
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account
from rtopnet.network.public import load_region_pack, read_pack

pytestmark = pytest.mark.django_db
EXERCISE = Path(__file__).resolve().parents[2] / "rtopnet/regions/exercise"


def account(post):
    with acting_for(Capacity.INSTALLATION):
        return Account.objects.get(email__startswith=f"{post}@").pk


def test_the_exercise_shows_advice_at_three_stages_once():
    pack = read_pack(EXERCISE)
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    assert tell_advice(pack) == 3
    assert tell_advice(pack) == 0
    with acting_as(account("xnm-focal-point")):
        lines = advice_register().lines
        assert [line.stage for line in lines] == [Stage.DRAFT, Stage.CLEARED, Stage.ACKNOWLEDGED]
        assert all(span.ended_at is None or span.ended_at >= span.began_at for span in lines[2].spans)
        draft = paper_page(lines[0].record).draft
        assert draft.is_blocked
        (reference,) = draft.sections[0].statements[0].references
        assert (reference.bars, reference.asked_at is not None) == ((Bar.OFFICE,), True)
        page = paper_page(lines[2].record)
        assert [one.who["en"] for one in page.round.round.reservations] == ["Tarvessa"]
    with acting_as(account("un-liaison")):
        (line,) = advice_register().lines
        page = sent_page(line.record)
        assert [step.what for step in page.steps] == ["acknowledged"]
        assert "no public statement name" in page.sheet.body
