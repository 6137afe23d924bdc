"""The exercise is shown with reports, told once through the room's verbs."""

import pytest

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account
from rtopnet.network.public import load_region_pack, pack_folders, read_pack
from rtopnet.warning.evidence.public import (
    Outcome,
    report_sheet,
    reports_in_sight,
    speech_in_sight,
    tell_reports,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    pack = read_pack(next(folder for folder in pack_folders() if folder.name == "exercise"))
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
    return pack


def seen_by(post, look):
    with acting_for(Capacity.INSTALLATION):
        account = Account.objects.get(email=f"{post}@exercise.example")
    with acting_as(account.pk):
        return look()


def titles():
    return {line.title for line in reports_in_sight().reports}


def test_reports_are_told_once(pack):
    assert tell_reports(pack) == 6
    assert tell_reports(pack) == 0


def test_each_state_reads_its_own_and_what_it_was_given(pack):
    tell_reports(pack)
    assert seen_by("xta-focal-point", titles) == {
        "Houses burned in two villages",
        "Herders turned back at the bridge",
        "A meeting of both sides in the market hall",
    }
    assert "Seeds and tools burned" in seen_by("xpe-focal-point", titles)
    assert seen_by("xcb-focal-point", titles) == {"A meeting of both sides in the market hall"}


def test_what_is_protected_stays_with_its_owner(pack):
    tell_reports(pack)

    def sheet():
        line = next(line for line in reports_in_sight().reports if line.title.startswith("Houses"))
        return report_sheet(line.id)

    own, given = seen_by("xid-focal-point", sheet), seen_by("xnm-focal-point", sheet)
    assert "district nurse" in str(own)
    assert "district nurse" not in str(given)
    assert given.facts.grade == "B2"


def test_the_speech_is_graded_by_all_six_parts(pack):
    tell_reports(pack)

    def speech():
        line = next(line for line in reports_in_sight().reports if line.kind == "incitement")
        return speech_in_sight(line.id)

    found = seen_by("xnm-focal-point", speech)
    assert found.translation.startswith("A valley without herders")
    assert found.judged.outcome is Outcome.NEAR
