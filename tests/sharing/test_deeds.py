"""Deeds on records once they are committed."""

import pytest
from django.db import connections

from rtopnet.kernel.events import _subscribers, subscribe
from rtopnet.sharing.public import (
    Marking,
    RecordReleased,
    Terms,
    Words,
    draft_record,
    recall_record,
    release_record,
    withdraw_record,
)
from tests.sharing.worlds import make_world

pytestmark = pytest.mark.usefixtures("committed")


def test_every_deed_is_in_the_ledger_and_told_after_commit():
    world, heard = make_world(), []
    by = world.scribe("XAA").account
    subscribe(RecordReleased)(heard.append)
    record = draft_record(
        by=by,
        terms=Terms("report", Marking.RED, existence_only=True),
        words=Words("Signs", ""),
        state=world.states["XAA"].pk,
    )
    release_record(by=by, record=record)
    recall_record(by=by, record=record)
    withdraw_record(by=by, record=record)
    _subscribers[RecordReleased].remove(heard.append)
    assert heard == [RecordReleased(record, by)]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT verb FROM audit_ledger WHERE subject = %s ORDER BY seq", [str(record)])
        verbs = [verb for (verb,) in cursor.fetchall()]
    assert verbs == ["drafted", "released", "recalled", "withdrawn"]
