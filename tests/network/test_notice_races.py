"""Several who send, or give, at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import NoticeDelivery
from rtopnet.network.public import deliver_due_notices, mark_all_notices_read
from tests.factories import make_account, make_region
from tests.network.noticing import tell

RUNS = 4


def side_by_side(deed):
    together = Barrier(RUNS)

    def run(_):
        try:
            together.wait()
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(RUNS) as pool:
        return list(pool.map(run, range(RUNS)))


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'deliver_notices'")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("committed")
def test_a_mail_goes_out_once_however_many_send(papers):
    reader = make_account(make_region())
    tell(reader, paper=papers.add("Weir", reader))
    assert jobs() == 1, "the job was left in the same transaction"
    side_by_side(deliver_due_notices)
    assert len(mail.outbox) == 1
    with acting_for(Capacity.INSTALLATION):
        assert NoticeDelivery.objects.get().outcome == "sent"


@pytest.mark.usefixtures("committed")
def test_what_rolls_back_leaves_no_job_and_no_mail(papers):
    reader = make_account(make_region())

    def fail():
        with acting_as(reader.pk):
            tell(reader, paper=papers.add("Weir", reader))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert jobs() == 0
    deliver_due_notices()
    assert mail.outbox == []


@pytest.mark.usefixtures("committed")
def test_reading_all_twice_at_once_does_it_once(papers):
    reader = make_account(make_region())
    tell(reader, paper=papers.add("Weir", reader))
    tokens = side_by_side(lambda: mark_all_notices_read(by=reader.pk))
    assert sum(token is not None for token in tokens) == 1
