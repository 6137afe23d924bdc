"""Row policies of the room, against statements of no service, by somebody who is nobody here."""

import pytest
from django.db import DatabaseError, connection, transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.models import (
    Action,
    ActionNote,
    AgendaItem,
    CalendarFeed,
    Delegate,
    Delegation,
    Enclosure,
    HostPack,
    Meeting,
    Minutes,
    MinutesWriter,
    Passage,
    PassageText,
    SentInvitation,
    Series,
)
from rtopnet.meetings.public import (
    AnswerWords,
    DelegateWords,
    HostWords,
    answer_invitation,
    begin_minutes,
    enclose_papers,
    keep_host_pack,
    keep_series,
    make_feed,
    name_writers,
    note_progress,
    send_invitations,
)
from rtopnet.network.models import Holding, Post
from rtopnet.sharing.rules import Role
from tests.meetings.gatherings import SOON, body, desk, make_item, make_meeting, states
from tests.meetings.test_minutes import promised
from tests.sharing.worlds import make_record, take_seat

pytestmark = pytest.mark.django_db
EVERY = (
    Action,
    ActionNote,
    AgendaItem,
    CalendarFeed,
    Delegate,
    Delegation,
    Enclosure,
    HostPack,
    Meeting,
    Minutes,
    MinutesWriter,
    Passage,
    PassageText,
    SentInvitation,
    Series,
)


@pytest.fixture
def closed(world):
    """A row of every table, between the secretariat and one state."""
    pair = states(world, "XAB")
    by = desk(world)
    keep_series(by=by, name="Closed", **body(world, "secretariat"))
    meeting = make_meeting(world, audience=pair, host_state=world.states["XAB"].pk)
    keep_host_pack(by=by, meeting=meeting, words=HostWords(venue="Cellar"))
    item = make_item(world, meeting, audience=pair)
    paper, _ = make_record(world, "secretariat", audience=pair, released_at=SOON)
    enclose_papers(by=by, item=item, papers=[paper.pk])
    state = world.states["XAB"].pk
    words = AnswerWords("yes", "Answer", "", (DelegateWords("N. Tavor"),))
    answer_invitation(by=desk(world, "XAB"), meeting=meeting, state=state, answer=words)
    minutes = begin_minutes(by=by, meeting=meeting, title="Minutes")
    name_writers(by=by, minutes=minutes, accounts=[desk(world, "XAB")])
    action = promised(world, code="XAB", audience=pair)
    note_progress(by=by, action=action, became="progress", text="On it.")
    send_invitations(record=meeting, region=world.regions["reef"].pk)
    with acting_as(desk(world, "XAB")):
        post = Holding.objects.get(account=desk(world, "XAB")).post_id
    make_feed(by=desk(world, "XAB"), post=post)
    return meeting


def outsiders(world):
    return {
        "another state": desk(world, "XAC"),
        "another region": desk(world, "XBA"),
        "the owner's trainer": take_seat(world, Role.TRAINER, body="secretariat").account,
        "the operator": take_seat(world, Role.OPERATOR, body="secretariat").account,
    }


def test_an_outsider_sees_changes_and_removes_no_row_of_any_table(world, closed):
    for who, account in outsiders(world).items():
        for model in EVERY:
            with acting_as(account), connection.cursor() as cursor:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), (who, model)
                for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                    try:
                        with transaction.atomic():
                            cursor.execute(statement)
                            assert cursor.rowcount == 0, (who, model)
                    except DatabaseError as error:
                        assert "permission denied" in str(error)  # noqa: PT017 -- either is a refusal


def rows_to_write(world, meeting, account):
    row = Meeting(record_id=meeting, form="online", starts_at=SOON, ends_at=SOON, zone="UTC")
    yield row
    yield HostPack(record_id=meeting, venue="Ours", changed_by_id=account)
    yield AgendaItem(record_id=meeting, meeting_id=row.pk, position=1, minutes=1, kind="decision")
    yield Delegation(
        record_id=meeting,
        meeting_id=row.pk,
        state=world.states["XAC"],
        coming="yes",
        answered_by_id=account,
    )
    yield Minutes(record_id=meeting, meeting_id=row.pk)
    yield MinutesWriter(record_id=meeting, account_id=account)
    yield Passage(record_id=meeting, position=1, written_by_id=account)
    yield PassageText(record_id=meeting, passage_id=row.pk, number=1, written_by_id=account)
    yield ActionNote(record_id=meeting, text="t", became="done", by_id=account)
    yield Enclosure(record_id=meeting, paper_id=meeting)
    yield SentInvitation(record_id=meeting, account_id=account, method="REQUEST", sequence=0)


def test_an_outsider_hangs_nothing_on_what_is_anothers(world, closed):
    account = desk(world, "XAC")
    for row in rows_to_write(world, closed, account):
        with pytest.raises(DatabaseError, match="row-level"), acting_as(account), transaction.atomic():
            row.save(force_insert=True)


def test_an_addressee_writes_nothing_that_is_the_owners(world, closed):
    account = desk(world, "XAB")
    with acting_as(account):
        assert Meeting.objects.update(place="x") == 0
        assert AgendaItem.objects.update(minutes=5) == 0
        assert Action.objects.update(due_on=None) == 0
        assert MinutesWriter.objects.count() == 1
    with pytest.raises(DatabaseError, match="row-level"), acting_as(account), transaction.atomic():
        MinutesWriter.objects.create(record_id=Minutes.objects.get().record_id, account_id=account)


def test_a_feed_is_made_for_ones_own_post_alone(world):
    account, other = desk(world, "XAA"), desk(world, "XAB")
    with acting_as(other):
        post = Holding.objects.get(account=other).post_id
        region = Post.objects.get(pk=post).region_id
    with pytest.raises(DatabaseError, match="row-level"), acting_as(account), transaction.atomic():
        CalendarFeed.objects.create(
            region_id=region, post_id=post, account_id=account, secret_sha256="0" * 64
        )


def test_a_contributor_reads_a_meeting_from_amber_on_and_no_delegation(world, closed):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    with acting_as(contributor):
        assert Meeting.objects.count() == 1
        assert not Delegate.objects.exists()
        assert not Minutes.objects.exists()
