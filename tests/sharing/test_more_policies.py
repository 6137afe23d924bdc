"""Row policies of parts, consultations, replies, tellings and receipts, against statements of no service."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.sharing.models import (
    Consultation,
    PartAddressee,
    Receipt,
    Record,
    RecordPart,
    Reply,
    Telling,
    Waiver,
)
from rtopnet.sharing.rules import Audience, Marking, Role
from tests.sharing.worlds import (
    consult,
    database_now,
    make_part,
    make_record,
    make_world,
    take_seat,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return make_world()


def refused(words="row-level security"):
    return pytest.raises(DatabaseError, match=words)


def to_state(world, code="XAB"):
    return Audience(states=frozenset({world.states[code].pk}))


def desk(world, code="XAA"):
    return world.scribe(code).account


def contributor(world, code="XAA"):
    return take_seat(world, Role.CONTRIBUTOR, code).account


def part_row(record, slot=7):
    return RecordPart(record=record, version=1, slot=slot, label="l", body="b", marking=0)


def raw_delete(model):
    return model.objects.all()._raw_delete("default")


def test_parts_of_a_draft_are_written_and_removed_by_its_people_alone(world):
    draft, _ = make_record(world, "XAA", open_to_contributors=True)
    closed, _ = make_record(world, "XAA")
    writer, stranger = contributor(world), desk(world, "XAB")
    with acting_as(writer):
        part_row(draft).save(force_insert=True)
        assert RecordPart.objects.update(body="better") == 1
        with refused(), transaction.atomic():
            part_row(closed).save(force_insert=True)
        assert raw_delete(RecordPart) == 1
    with acting_as(desk(world)):
        part_row(draft).save(force_insert=True)
    with acting_as(stranger):
        assert RecordPart.objects.update(body="worse") == 0
        assert raw_delete(RecordPart) == 0
        with refused(), transaction.atomic():
            part_row(draft, 8).save(force_insert=True)


def test_parts_of_what_is_released_stay_and_only_the_desk_adds(world):
    record, _ = make_record(
        world, "XAA", audience=to_state(world), open_to_contributors=True, released_at=database_now()
    )
    make_part(world, "XAA", record, marking=Marking.AMBER, audience=to_state(world))
    for by in (contributor(world), desk(world, "XAB")):
        with acting_as(by):
            assert RecordPart.objects.exists()
            assert RecordPart.objects.update(body="other") == 0
            assert raw_delete(RecordPart) == 0
            with refused(), transaction.atomic():
                part_row(record).save(force_insert=True)
    with acting_as(desk(world)):
        part_row(record).save(force_insert=True)
        assert RecordPart.objects.update(body="other") == 0
        assert raw_delete(PartAddressee) == 1
        assert raw_delete(RecordPart) == 0


def test_parts_of_what_is_closed_are_deleted_by_the_desk_alone(world):
    record, _ = make_record(
        world,
        "XAA",
        open_to_contributors=True,
        released_at=database_now() - HOUR,
        withdrawn_at=database_now(),
    )
    make_part(world, "XAA", record)
    with acting_as(contributor(world)):
        assert RecordPart.objects.exists()
        assert raw_delete(RecordPart) == 0
    with acting_as(desk(world)):
        assert raw_delete(RecordPart) == 1


def test_only_the_desk_names_who_reads_a_part_and_sees_it(world):
    record, _ = make_record(
        world, "XAA", audience=to_state(world), open_to_contributors=True, released_at=database_now()
    )
    part, _ = make_part(world, "XAA", record, marking=Marking.AMBER, audience=to_state(world))
    line = {"part": part, "record": record, "reach": 0, "account_id": desk(world, "XAC")}
    for by, seen in ((contributor(world), 1), (desk(world, "XAB"), 0)):
        with acting_as(by):
            assert PartAddressee.objects.count() == seen
            assert raw_delete(PartAddressee) == 0
            with refused(), transaction.atomic():
                PartAddressee.objects.create(**line)
    with acting_as(desk(world)):
        PartAddressee.objects.create(**line)


def test_a_part_goes_no_further_than_its_marking_and_stays_where_it_is(world):
    record, _ = make_record(world, "XAA", marking=Marking.GREEN)
    part, _ = make_part(world, "XAA", record)
    with acting_as(desk(world)):
        with refused("wider than the marking"), transaction.atomic():
            PartAddressee.objects.create(part=part, record=record, reach=1, state_id=world.states["XAB"].pk)
        with refused("stays where it is"), transaction.atomic():
            RecordPart.objects.update(slot=9)


def test_a_part_is_not_wider_than_its_record_became(world):
    record, _ = make_record(
        world, "XAA", marking=Marking.AMBER, audience=to_state(world), released_at=database_now()
    )
    make_part(world, "XAA", record, marking=Marking.AMBER, audience=to_state(world))
    reader = contributor(world, "XAB")
    with acting_as(reader):
        assert RecordPart.objects.exists()
    with acting_as(desk(world)):
        Record.objects.update(marking=Marking.AMBER_STRICT)
    with acting_as(reader):
        assert not RecordPart.objects.exists()
    with acting_as(desk(world, "XAB")):
        assert RecordPart.objects.exists()


def consultation_row(record, state, **more):
    return Consultation(record=record, state=state, words="w", **more)


def test_consultations_are_the_desks_and_seen_by_the_state_once_it_is_told(world):
    record, _ = make_record(world, "XAA", open_to_contributors=True)
    consult(world, "XAA", record, "XAB", told=False)
    told = consult(world, "XAA", record, "XAC")
    seen = {}
    for code in ("XAA", "XAB", "XAC"):
        with acting_as(desk(world, code)):
            seen[code] = Consultation.objects.count()
    assert seen == {"XAA": 2, "XAB": 0, "XAC": 1}
    for by in (contributor(world), desk(world, "XAC")):
        with acting_as(by):
            assert Consultation.objects.update(words="") == 0
            assert raw_delete(Consultation) == 0
    with acting_as(contributor(world)):
        assert Consultation.objects.count() == 2
    with acting_as(desk(world)):
        assert Consultation.objects.filter(pk=told.pk).update(waived_at=None) == 1
        assert raw_delete(Consultation) == 1, "what was told is not taken back"


def test_only_the_desk_consults_and_only_states_of_its_region_beside_its_own(world):
    record, _ = make_record(world, "XAA", open_to_contributors=True)
    for by in (contributor(world), desk(world, "XAB")):
        with acting_as(by), refused(), transaction.atomic():
            consultation_row(record, world.states["XAC"]).save(force_insert=True)
    for code in ("XBA", "XAA"):
        with acting_as(desk(world)), refused("no such state"), transaction.atomic():
            consultation_row(record, world.states[code]).save(force_insert=True)


def test_what_a_state_was_told_stays_as_it_was(world):
    record, _ = make_record(world, "XAA")
    consult(world, "XAA", record, "XAB")
    changes = [{"words": "x"}, {"due_at": database_now() + HOUR}, {"state": world.states["XAC"]}]
    for change in changes:
        with acting_as(desk(world)), refused("stays as it was"), transaction.atomic():
            Consultation.objects.update(**change)


def test_why_a_record_does_not_wait_is_its_owners_own(world):
    record, _ = make_record(world, "XAA", open_to_contributors=True)
    consult(world, "XAA", record, "XAB")
    row = Waiver(record=record, state=world.states["XAB"], because="people")
    for by in (contributor(world), desk(world, "XAB")):
        with acting_as(by), refused(), transaction.atomic():
            row.save(force_insert=True)
    with acting_as(desk(world)):
        row.save(force_insert=True)
        assert Waiver.objects.update(because="other") == 0
        assert raw_delete(Waiver) == 0
    with acting_as(contributor(world)):
        assert Waiver.objects.count() == 1
    for code in ("XAB", "XAC"):
        with acting_as(desk(world, code)):
            assert not Waiver.objects.exists()


def test_a_state_replies_for_itself_once_it_is_consulted(world):
    record, _ = make_record(world, "XAA")
    consult(world, "XAA", record, "XAB", told=False)
    consult(world, "XAA", record, "XAC")
    told, untold = desk(world, "XAC"), desk(world, "XAB")
    deputy = take_seat(world, Role.DEPUTY, "XAC").account
    attempts = [
        (untold, "XAB", untold),
        (untold, "XAC", untold),
        (told, "XAB", told),
        (told, "XAC", deputy),
        (contributor(world, "XAC"), "XAC", None),
        (desk(world), "XAC", desk(world)),
    ]
    for by, code, signed in attempts:
        row = Reply(record=record, state=world.states[code], body="r", by_id=signed or by)
        with acting_as(by), refused(), transaction.atomic():
            row.save(force_insert=True)
    with acting_as(told):
        Reply.objects.create(record=record, state=world.states["XAC"], body="r", by_id=told)
        assert Reply.objects.update(body="other") == 0


def test_a_record_goes_to_the_network_once_the_states_concerned_were_heard(world):
    network = Audience(network=True)
    record, _ = make_record(world, "XAA", marking=Marking.GREEN, audience=network)
    now = database_now()
    consult(world, "XAA", record, "XAB", told=False)
    with acting_as(desk(world)):
        with refused("has not been heard"), transaction.atomic():
            Record.objects.update(released_at=now)
        Consultation.objects.update(told_at=now, due_at=now + HOUR)
        with refused("has not been heard"), transaction.atomic():
            Record.objects.update(released_at=now)
        with refused("with a reason"), transaction.atomic():
            Consultation.objects.update(waived_at=now)
        Waiver.objects.create(record=record, state=world.states["XAB"], because="people")
        Consultation.objects.update(waived_at=now)
        Record.objects.update(released_at=now)
        Consultation.objects.create(record=record, state=world.states["XAC"])
        Record.objects.update(recalled_at=now)


def receipt_row(world, record, code="XAB", **more):
    state = world.states[code]
    return Receipt(record=record, body=state.pk, state=state, due_at=database_now() + HOUR, **more)


def recalled(world):
    now = database_now()
    record, _ = make_record(
        world,
        "XAA",
        audience=to_state(world),
        open_to_contributors=True,
        released_at=now - HOUR,
        recalled_at=now,
    )
    return record


def test_a_reply_is_read_with_its_record(world):
    record, _ = make_record(world, "XAA", audience=to_state(world, "XAC"), released_at=database_now())
    consult(world, "XAA", record, "XAB", replies=True)
    for code, sees in (("XAC", 1), ("XAB", 1), ("XAA", 1), ("secretariat", 0)):
        with acting_as(desk(world, code)):
            assert Reply.objects.count() == sees
    with acting_as(desk(world)):
        Record.objects.update(recalled_at=database_now())
        record_deed(verb="recalled", kind="sharing.record", subject=record.pk)
    with acting_as(desk(world, "XAC")):
        assert not Reply.objects.exists()


def test_receipts_are_asked_by_the_desk_for_what_has_ended(world):
    open_one, _ = make_record(world, "XAA", audience=to_state(world), released_at=database_now())
    ended = recalled(world)
    signed = {"signed_by_id": desk(world), "signed_at": database_now(), "became": "kept"}
    attempts = [
        (desk(world), receipt_row(world, open_one)),
        (contributor(world), receipt_row(world, ended)),
        (desk(world, "XAB"), receipt_row(world, ended)),
        (desk(world), receipt_row(world, ended, **signed)),
    ]
    for by, row in attempts:
        with acting_as(by), refused(), transaction.atomic():
            row.save(force_insert=True)
    with acting_as(desk(world)):
        receipt_row(world, ended).save(force_insert=True)
        assert Receipt.objects.count() == 1
    with acting_as(contributor(world)):
        assert not Receipt.objects.exists()


def test_receipts_are_signed_once_by_those_asked_in_their_own_name(world):
    record = recalled(world)
    with acting_as(desk(world)):
        receipt_row(world, record).save(force_insert=True)
    signer, now = desk(world, "XAB"), database_now()
    with acting_as(signer):
        assert Receipt.objects.count() == 1
    sign = {"became": "destroyed", "signed_by_id": signer, "signed_at": now}
    for by in (desk(world), desk(world, "XAC"), contributor(world, "XAB")):
        with acting_as(by):
            assert Receipt.objects.update(**sign) == 0
    with acting_as(desk(world, "XAC")):
        assert not Receipt.objects.exists()
    with acting_as(signer):
        with refused(), transaction.atomic():
            Receipt.objects.update(**(sign | {"signed_by_id": desk(world)}))
        for change in ({"due_at": now}, {"body": world.states["XAC"].pk, "state": world.states["XAC"]}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Receipt.objects.update(**(sign | change))
        assert Receipt.objects.update(**sign) == 1
        assert Receipt.objects.update(note="other") == 0


def test_a_desk_of_two_states_cannot_pass_its_receipt_on(world):
    both = take_seat(world, Role.DEPUTY, "XAC", account=desk(world, "XAB")).account
    with acting_as(desk(world)):
        receipt_row(world, recalled(world)).save(force_insert=True)
    with acting_as(both), pytest.raises(DatabaseError, match="signed, not changed"), transaction.atomic():
        Receipt.objects.update(
            body=world.states["XAC"].pk,
            state=world.states["XAC"],
            became="kept",
            signed_by_id=both,
            signed_at=database_now(),
        )


def tell(record, about):
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM sharing_tell(%s, %s)", [record.pk, about])
        return set(cursor.fetchone()[0])


def test_the_program_tells_each_reader_once_and_nobody_else_asks(world):
    later = database_now() + HOUR
    record, _ = make_record(world, "XAA", audience=to_state(world), released_at=database_now())
    waiting, _ = make_record(
        world, "XAA", audience=to_state(world), released_at=database_now(), embargo_until=later
    )
    with acting_as(desk(world)), refused("only the program tells"), transaction.atomic():
        tell(record, "released")
    with acting_for(Capacity.INSTALLATION):
        assert tell(record, "released") == {desk(world, "XAB")}
        assert tell(record, "released") == set()
        assert tell(record, "revised") == {desk(world, "XAB")}
        assert tell(waiting, "released") == set()
    with acting_as(desk(world)):
        Record.objects.filter(pk=record.pk).update(recalled_at=database_now())
    with acting_for(Capacity.INSTALLATION):
        assert tell(record, "revised") == set()
        assert tell(record, "recalled") == {desk(world, "XAB")}
    seen = {}
    for code in ("XAA", "XAB", "XAC"):
        with acting_as(desk(world, code)):
            seen[code] = Telling.objects.count()
            with refused(), transaction.atomic():
                Telling.objects.create(record=record, account_id=desk(world, code), about="released")
    assert seen == {"XAA": 3, "XAB": 3, "XAC": 0}
    with acting_as(contributor(world)):
        assert not Telling.objects.exists()
