"""Reads of records, page by page."""

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.public import records_in_sight
from tests.sharing.worlds import make_record, make_world

pytestmark = pytest.mark.django_db


def test_records_come_page_by_page_each_once_whoever_else_has_some(django_assert_max_num_queries):
    world = make_world()
    own = [make_record(world, "XAA")[0] for _ in range(5)]
    for _ in range(3):
        make_record(world, "XAB")
    own.sort(key=lambda record: (record.drafted_at, record.pk), reverse=True)
    seen, before = [], None
    with acting_as(world.scribe("XAA").account):
        while True:
            with django_assert_max_num_queries(1):
                page = records_in_sight(limit=2, before=before)
            seen += [found.id for found in page.records]
            before = page.next
            if before is None:
                break
    assert seen == [record.pk for record in own]
