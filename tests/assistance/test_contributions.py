"""Money and goods, and the file that anybody may read."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from rtopnet.assistance.models import Contribution, Step
from rtopnet.assistance.public import (
    Area,
    ContributionRefusedError,
    Flow,
    Given,
    add_step,
    contribute,
    contributions_in_sight,
    money_of,
)
from rtopnet.assistance.rules.iati import (
    Budget,
    Organisation,
    PublishedActivity,
    Transaction,
    activities_file,
)
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import Marking, RecordNotInSightError
from tests.assistance.helping import circulated, desk, seen_by, wish
from tests.assistance.schema import FOLDER, Schema, read

PUBLISHER = Organisation("RTOPNET-REEF", "Reef", "40")
STATE = Organisation("RTOPNET-REEF-1", "State XAA")
GIVER = Organisation("RTOPNET-REEF-2", "State XAB")
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def step(flow, amount):
    return Transaction(flow, Decimal(amount), "USD", date(2026, 3, 5), GIVER)


def file_of(**changes):
    known = {
        "identifier": "RTOPNET-REEF-REQUEST",
        "title": "Witnesses & courts",
        "description": "Protection of witnesses",
        "receiver": STATE,
        "areas": [Area.JUSTICE, Area.SAFETY, Area.GOVERNMENT],
        "starts_on": MARCH[0],
        "ends_on": MARCH[1],
        "budgets": [Budget(Decimal("1000.50"), "USD", *MARCH)],
        "transactions": [step(flow, "10") for flow in Flow],
    }
    activity = PublishedActivity(**(known | changes))
    return activities_file([activity], publisher=PUBLISHER, language="en", now=NOW)


FILES = {
    "whole": file_of(),
    "without money": file_of(budgets=[], transactions=[]),
    "of one area": file_of(areas=[Area.PREVENTION]),
}


@pytest.mark.parametrize("name", FILES)
def test_the_file_follows_the_schema(name):
    assert Schema().faults(read(FILES[name])) == []


@pytest.mark.parametrize(
    "needed",
    ["iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status"],
)
def test_the_schema_sees_what_is_missing_or_out_of_order(needed):
    root = read(FILES["whole"])
    activity = root[0]
    found = activity.findall(needed)
    for one in found:
        activity.remove(one)
    assert Schema().faults(root) != []
    activity.append(found[0])
    assert Schema().faults(root) != []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="Java is not at hand")
def test_another_reader_holds_the_file_against_the_whole_schema(tmp_path):
    for name, content in FILES.items():
        file = tmp_path / f"{name.replace(' ', '-')}.xml"
        file.write_bytes(content)
        subprocess.run(
            ["java", FOLDER / "Validate.java", FOLDER / "iati-activities-schema.xsd", file], check=True
        )


def test_shares_of_sectors_add_up_to_a_hundred():
    sectors = read(FILES["whole"])[0].findall("sector")
    assert sum(int(one.get("percentage")) for one in sectors) == 100


def given(flow=Flow.PLEDGED, amount="100.00", **more):
    return Given(flow, Decimal(amount), "USD", today(), **more)


@pytest.fixture
def asked(world):
    one = wish(budget=Decimal(1000), currency="USD")
    record, _ = circulated(world, wishes=(one,))
    return record


def gives(world, request, code="XAB", **more):
    body = world.body(code).pk
    return contribute(
        by=desk(world, code), request=request, body=body, title="For witnesses", **({"given": given()} | more)
    )


@pytest.mark.django_db
def test_a_contribution_is_read_by_the_asking_state_alone(world, asked):
    gives(world, asked)
    assert len(seen_by(world, "XAA", contributions_in_sight)) == 1
    with acting_as(desk(world, "XAC")):
        assert not Contribution.objects.exists()
        assert not Step.objects.exists()


@pytest.mark.django_db
def test_the_gap_is_what_nobody_is_bound_to(world, asked):
    contribution = gives(world, asked)
    add_step(by=desk(world, "XAB"), contribution=contribution, given=given(Flow.COMMITTED, "80"))
    add_step(by=desk(world, "XAB"), contribution=contribution, given=given(Flow.DISBURSED, "50"))
    gives(world, asked, "XAC", given=given(Flow.IN_KIND, "20"))
    [mine] = seen_by(world, "XAA", money_of, [asked])
    assert (mine.budget, mine.pledged, mine.committed, mine.disbursed, mine.gap) == (1000, 100, 80, 50, 900)
    [theirs] = seen_by(world, "XAC", money_of, [asked])
    assert (theirs.committed, theirs.in_kind) == (0, 20)


@pytest.mark.django_db
def test_only_the_giver_goes_a_step_further(world, asked):
    contribution = gives(world, asked)
    for other in ("XAA", "XAC"):
        with pytest.raises(RecordNotInSightError):
            add_step(by=desk(world, other), contribution=contribution, given=given())
    with pytest.raises(ContributionRefusedError):
        add_step(by=desk(world, "XAB"), contribution=contribution, given=given(amount="0"))


@pytest.mark.django_db
def test_the_file_holds_only_what_its_owners_marked_clear(world, enter):
    one = wish(budget=Decimal(1000), currency="USD")
    open_one, _ = circulated(world, marking=Marking.CLEAR, wishes=(one,), title="An open request")
    gives(world, open_one, marking=Marking.CLEAR, given=given(words="seen by all"))
    gives(world, open_one, "XAC", given=given(words="for the asking state"))
    circulated(world, title="A closed request")
    for code in ("XAA", "XAB"):
        text = enter(code).get("/assistance/contributions/activities.xml").content.decode()
        assert Schema().faults(read(text)) == []
        assert "An open request" in text
        assert "seen by all" in text
        assert "A closed request" not in text
        assert "for the asking state" not in text
    # An addressee of neither sees none of it, CLEAR or not: CLEAR lets it go further, and nobody sent it.
    assert (
        "An open request" not in enter("XBA").get("/assistance/contributions/activities.xml").content.decode()
    )
