import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Notice, NoticeDelivery, State
from rtopnet.network.public import (
    account_of,
    clear_notice,
    mark_all_notices_read,
    mark_notice_read,
    notices_in_sight,
    register_channel,
    undo_with_notices,
    unread_notice_count,
)
from tests.factories import make_account, make_region
from tests.network.noticing import PERSONAL, PLAIN, hand_over, let_hold_another_post, successor_of, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def reader(region):
    return make_account(region)


def seen_by(account, **more):
    with acting_as(account.pk):
        return notices_in_sight(account=account, **more)


def state(region, iso3):
    with acting_for(Capacity.INSTALLATION):
        return State.objects.get(region=region, iso3=iso3)


def test_a_notice_is_told_in_words_of_its_reader(region, reader, papers):
    paper = papers.add("Weir", reader)
    tell(reader, paper=paper, who=state(region, "XAB").pk)
    (line,) = seen_by(reader).lines
    assert line.sentence == "State XAB sent you Weir"
    assert not line.is_read


def test_a_title_that_is_gone_is_said_to_be_gone(reader, papers):
    paper = papers.add("Weir", reader)
    tell(reader, paper=paper)
    papers.readers[paper] = set()
    (line,) = seen_by(reader).lines
    assert line.sentence == "somebody sent you something that is no longer available"
    assert (line.what, line.href) == ("", "")


def test_nobody_sees_another_s_notices(region, reader, papers):
    other = make_account(region, "XAB")
    tell(reader, paper=papers.add("Weir", reader, other))
    assert seen_by(other).total == 0
    with acting_as(other.pk):
        assert not Notice.objects.exists()
        assert not NoticeDelivery.objects.exists()
        assert unread_notice_count() == 0


def test_accounts_of_another_region_and_closed_ones_are_not_told(region, reader, papers):
    stranger = make_account(make_region("ridge", states=("XBA",)), "XBA")
    closed = successor_of(region)
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=closed.pk).update(is_active=False)
    tell(reader, stranger, closed, paper=papers.add("Weir", reader))
    with acting_for(Capacity.INSTALLATION):
        assert set(Notice.objects.values_list("account_id", flat=True)) == {reader.pk}


def test_a_notice_goes_with_the_post_it_was_given_for(region, reader, papers):
    successor = successor_of(region)
    paper = papers.add("Weir", reader, successor)
    tell(reader, paper=paper)
    tell(reader, paper=paper, kind=PERSONAL)
    hand_over(reader, successor)
    with acting_as(reader.pk):
        assert not Notice.objects.exists(), "whoever holds no post sees nothing"
    let_hold_another_post(reader)
    (line,) = seen_by(reader).lines
    assert line.kind == PERSONAL.key, "what is about the person stays"
    assert seen_by(successor).total == 0
    tell(successor, paper=paper)
    assert seen_by(successor).total == 1


def test_a_closed_account_sees_no_notice(reader, papers):
    tell(reader, paper=papers.add("Weir", reader))
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=reader.pk).update(is_active=False)
    with acting_as(reader.pk):
        assert not Notice.objects.exists()


def test_reading_clearing_and_undoing(reader, papers):
    for title in ("Weir", "Lock", "Quay"):
        tell(reader, paper=papers.add(title, reader))
    first = seen_by(reader).lines[0]
    mark_notice_read(by=reader.pk, notice=first.id)
    assert seen_by(reader).unread == 2
    undo = mark_all_notices_read(by=reader.pk)
    assert seen_by(reader).unread == 0
    assert mark_all_notices_read(by=reader.pk) is None
    assert undo_with_notices(by=reader.pk, token=undo)
    assert seen_by(reader).unread == 2, "what was read before stays read"
    undo = clear_notice(by=reader.pk, notice=first.id)
    assert seen_by(reader).total == 2
    assert undo_with_notices(by=reader.pk, token=undo)
    assert seen_by(reader).total == 3


def test_nobody_reads_clears_or_undoes_for_another(region, reader, papers):
    other = make_account(region, "XAB")
    tell(reader, paper=papers.add("Weir", reader))
    (line,) = seen_by(reader).lines
    mark_notice_read(by=other.pk, notice=line.id)
    assert clear_notice(by=other.pk, notice=line.id) is None
    assert mark_all_notices_read(by=other.pk) is None
    assert seen_by(reader).unread == 1
    undo = clear_notice(by=reader.pk, notice=line.id)
    assert not undo_with_notices(by=other.pk, token=undo)
    assert not undo_with_notices(by=reader.pk, token=undo + "x")


def test_nobody_gives_a_notice_past_the_service(reader, papers):
    with (
        acting_as(reader.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Notice.objects.create(region_id=reader.region_id, account=reader, kind="x", subject=reader.pk)


def test_a_notice_of_a_deed_that_rolls_back_was_never_given(reader, papers):
    def fail():
        with acting_as(reader.pk):
            tell(reader, paper=papers.add("Weir", reader))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert seen_by(reader).total == 0
    with acting_for(Capacity.INSTALLATION):
        assert not NoticeDelivery.objects.exists()


def test_another_channel_hears_of_each_notice_in_the_same_transaction(reader, papers):
    heard = []
    register_channel(heard.extend)
    paper = papers.add("Weir", reader)
    tell(reader, paper=paper, may_name=True)
    (given,) = heard
    assert (given.account, given.subject, given.kind, given.may_name) == (reader.pk, paper, PLAIN.key, True)


def test_unknown_kinds_are_refused(reader, papers):
    from rtopnet.network.public import give_notice

    with pytest.raises(LookupError, match="no notice kind"):
        give_notice(
            kind="x", accounts=[], region=reader.region_id, subject_kind="test.paper", subject=reader.pk
        )
    with pytest.raises(LookupError, match="no subjects"):
        give_notice(kind=PLAIN.key, accounts=[], region=reader.region_id, subject_kind="x", subject=reader.pk)


def test_a_page_of_notices_costs_a_handful_of_queries(region, reader, papers, django_assert_max_num_queries):
    who = state(region, "XAB").pk
    for number in range(25):
        tell(reader, paper=papers.add(f"Paper {number}", reader), who=who)
    with acting_as(reader.pk), translation.override("en"), django_assert_max_num_queries(34):
        page = notices_in_sight(account=reader)
    assert (len(page.lines), page.total, page.unread) == (20, 25, 25)
    assert seen_by(reader, page=2).lines[-1].what == "Paper 0"
    assert [kind.count for kind in page.kinds] == [25]
    assert seen_by(reader, kind="test.urgent").total == 0


def test_access_is_needed(rf):
    from django.contrib.auth.models import AnonymousUser
    from django.core.exceptions import PermissionDenied

    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        account_of(request)
