from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from rtopnet.kernel import clock
from rtopnet.kernel.events import Event, publish, subscribe
from rtopnet.kernel.ids import new_id


@dataclass(frozen=True)
class KettleBoiled(Event):
    kettle: str


heard = []


@subscribe(KettleBoiled)
def hear(event: KettleBoiled) -> None:
    heard.append(event.kettle)


@subscribe(KettleBoiled)
def fail(event: KettleBoiled) -> None:
    if event.kettle == "broken":
        raise RuntimeError("a reaction failed")


@pytest.fixture(autouse=True)
def _silence():
    heard.clear()


def test_the_clock_can_be_set_and_is_given_back():
    instant = datetime(2026, 2, 28, 23, 59, tzinfo=UTC)
    with clock.clock_at(instant):
        assert clock.now() == instant
        assert clock.today().isoformat() == "2026-02-28"
    assert clock.now() > instant


def test_the_clock_wants_a_time_zone():
    with pytest.raises(ValueError, match="time zone"), clock.clock_at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


@pytest.mark.usefixtures("committed")
def test_events_are_told_after_commit():
    with transaction.atomic():
        publish(KettleBoiled("blue"))
        assert heard == []
    assert heard == ["blue"]


@pytest.mark.usefixtures("committed")
def test_events_of_a_rolled_back_transaction_are_never_told():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(KettleBoiled("blue"))
        1 / 0  # noqa: B018 -- to fail
    assert heard == []


@pytest.mark.usefixtures("committed")
def test_a_failing_reaction_harms_nobody():
    with transaction.atomic():
        publish(KettleBoiled("broken"))
    assert heard == ["broken"]


def test_ids_tell_neither_order_nor_time():
    ids = [new_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert {identifier.version for identifier in ids} == {4}
    assert ids != sorted(ids)
