"""What the database refuses and hides in the room of advice, whatever statement it is given."""

import pytest
from django.db import DatabaseError, connection

from rtopnet.advice.models import (
    ClearedReference,
    ClearedStatement,
    Paper,
    PaperReference,
    PaperStatement,
    PaperTitle,
    SentFile,
    SentFollowUp,
    SentLetter,
    SentStep,
    Transmission,
)
from rtopnet.advice.public import cite_record, send_letters
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.sharing.models import Addressee, Record, RecordText
from rtopnet.sharing.public import Marking
from tests.advice.papers import (
    OFFICE,
    body,
    circulated,
    cleared,
    desk,
    drafted,
    page_for,
    report,
    transmitted,
)
from tests.sharing.worlds import database_now

pytestmark = pytest.mark.django_db
TABLES = (
    Paper,
    PaperTitle,
    PaperStatement,
    PaperReference,
    ClearedStatement,
    ClearedReference,
    Transmission,
    SentFile,
    SentStep,
    SentFollowUp,
    SentLetter,
)


def refused(world, code, deed):
    """The deed as that desk, which the database refuses with an error of ours or of row security."""
    with pytest.raises(DatabaseError) as caught, acting_as(desk(world, code)):
        deed()
        record_deed(verb="tried", kind="advice.paper", subject=new_id())
    found = getattr(caught.value.__cause__, "sqlstate", "")
    assert found.startswith("RT") or found == "42501", found


def changed(world, code, rows, **values):
    """How many rows a desk changes by plain SQL."""
    with acting_as(desk(world, code)):
        count = rows().update(**values)
        record_deed(verb="tried", kind="advice.paper", subject=new_id())
    return count


def test_an_outsider_sees_no_row(world):
    drafted(world, drafters=("XAB",), cited=[report(world)])
    _paper, sent = transmitted(world, "XAA", "XAB", cited=[report(world)], reservation="")
    send_letters(record=sent, region=world.regions["reef"].pk)
    for code in ("XAC", "XBA"):
        with acting_as(desk(world, code)):
            assert [table.__name__ for table in TABLES if table.objects.exists()] == []


def test_the_office_sees_what_was_transmitted_alone(world):
    drafted(world)
    transmitted(world, cited=[report(world)])
    with acting_as(desk(world, OFFICE)):
        found = {table.__name__ for table in TABLES if table.objects.exists()}
    assert found == {"Transmission", "SentFile"}


def test_an_outsider_adds_nothing(world):
    record = drafted(world)
    by = desk(world, "XAC")
    refused(
        world,
        "XAC",
        lambda: PaperStatement.objects.create(
            record_id=record, section="points", position=1, text="t", written_by_id=by
        ),
    )


def test_nobody_writes_in_anothers_name(world):
    record = drafted(world, drafters=("XAB",))
    refused(
        world,
        "XAB",
        lambda: PaperStatement.objects.create(
            record_id=record, section="points", position=1, text="t", written_by_id=desk(world, "XAA")
        ),
    )


def test_who_drafts_along_does_not_say_where_it_goes(world):
    record = drafted(world, drafters=("XAB",))
    assert changed(world, "XAB", lambda: Paper.objects.filter(record=record), form="concept") == 0


def test_nothing_rests_on_what_one_does_not_read(world):
    hidden = report(world, marking=Marking.AMBER, network=False, to=("XAC",), office=False)
    record = drafted(world)
    statement = page_for(world, record).draft.sections[0].statements[0].id
    by = desk(world, "XAA")
    refused(
        world,
        "XAA",
        lambda: PaperReference.objects.create(
            record_id=record, statement_id=statement, cited_id=hidden, written_by_id=by
        ),
    )


def test_only_who_drafts_learns_that_something_is_out_of_sight(world):
    hidden = report(world, marking=Marking.AMBER, network=False, to=("XAC",), office=False)
    record = drafted(world, drafters=("XAB",))
    statement = page_for(world, record).draft.sections[0].statements[0].id
    cite_record(by=desk(world, "XAB"), statement=statement, cited=hidden)
    told = {}
    for code in ("XAA", "XAB", "XAC", OFFICE):
        with acting_as(desk(world, code)), connection.cursor() as cursor:
            cursor.execute("SELECT advice_unseen(%s)", [record])
            told[code] = [found for (found,) in cursor.fetchall()]
    assert told == {"XAA": [statement], "XAB": [], "XAC": [], OFFICE: []}


def test_in_silence_and_once_cleared_nothing_of_it_changes(world):
    for record in (cleared(world), circulated_one(world)):
        by = desk(world, "XAA")
        assert changed(world, "XAA", lambda r=record: Paper.objects.filter(record=r), form="concept") == 0
        words = {"text": "Other.", "written_by_id": by}
        assert changed(world, "XAA", lambda r=record: PaperStatement.objects.filter(record=r), **words) == 0
        rows = lambda r=record: ClearedStatement.objects.filter(record=r)  # noqa: E731 -- read once
        assert changed(world, "XAA", rows, text="Other.") == 0
        refused(
            world,
            "XAA",
            lambda r=record: ClearedStatement.objects.create(
                record_id=r, version=1, number=9, section="points", text="t", is_own_words=True
            ),
        )


def circulated_one(world):
    record = drafted(world)
    circulated(world, record)
    return record


def transmission(world, paper, record, **changes):
    now = database_now()
    values = {
        "record_id": record,
        "paper_id": paper,
        "form": "briefing",
        "office_id": body(world, OFFICE),
        "reference": "REEF/2000/1",
        "version": 1,
        "cleared_at": now,
        "transmitted_at": now,
    }
    return Transmission.objects.create(**(values | changes))


def test_what_is_not_cleared_is_not_transmitted(world):
    paper, other = drafted(world), report(world, "XAA")
    refused(world, "XAA", lambda: transmission(world, paper, other))
    done = cleared(world)
    reference = page_for(world, done).reference
    refused(world, "XAA", lambda: transmission(world, done, other, reference="REEF/2000/99"))
    refused(world, "XAB", lambda: transmission(world, done, other, reference=reference))


def test_what_was_transmitted_stays_as_it_went_out(world):
    _paper, sent = transmitted(world)
    by = desk(world, "XAA")
    refused(world, "XAA", lambda: Record.objects.filter(pk=sent).update(recalled_at=database_now()))
    refused(
        world,
        "XAA",
        lambda: Addressee.objects.create(record_id=sent, reach=1, state_id=body(world, "XAB")),
    )
    refused(
        world,
        "XAA",
        lambda: RecordText.objects.create(record_id=sent, version=2, title="t", body="b", written_by_id=by),
    )
    refused(
        world,
        "XAA",
        lambda: SentFile.objects.create(
            record_id=sent, position=9, name="n", media_type="m", content=b"", sha256=""
        ),
    )
    for table in (Transmission, SentFile):
        rows = lambda t=table: t.objects.filter(record=sent)  # noqa: E731 -- read once
        column = {"reference": "x"} if table is Transmission else {"name": "x"}
        assert changed(world, "XAA", rows, **column) == 0


@pytest.mark.parametrize(
    ("code", "what", "owner"),
    [
        ("XAA", "acknowledged", OFFICE),
        ("XAA", "answered", "XAA"),
        ("XAB", "acknowledged", "XAB"),
        (OFFICE, "closed", OFFICE),
        (OFFICE, "acknowledged", "XAA"),
    ],
)
def test_each_acts_in_its_own_place(world, code, what, owner):
    _paper, sent = transmitted(world)
    by = desk(world, code)
    refused(
        world,
        code,
        lambda: SentStep.objects.create(
            record_id=sent, what=what, body=body(world, owner), words="w", by_id=by
        ),
    )
