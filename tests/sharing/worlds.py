"""A small network for the tests of sharing: two fictional regions, their bodies, posts and holders."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Holding, Institution, Post, Region, State
from rtopnet.sharing.models import (
    Addressee,
    Consultation,
    Group,
    Member,
    PartAddressee,
    Record,
    RecordPart,
    RecordText,
    Reply,
)
from rtopnet.sharing.rules import CONSULTATION, Audience, Envelope, Marking, Part, Reader, Role, Seat
from rtopnet.sharing.services import index_text
from tests.factories import make_region


@dataclass
class World:
    """Regions, states and bodies by their codes; ``readers`` as the rules see them, by account."""

    regions: dict[str, Region] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    bodies: dict[str, Institution] = field(default_factory=dict)
    readers: dict[UUID, Reader] = field(default_factory=dict)

    def body(self, code):
        return self.states.get(code) or self.bodies[code]

    def scribe(self, code):
        """The holder of the first desk of a state or institution."""
        owner = self.body(code)
        return next(
            reader
            for reader in self.readers.values()
            if any(owner.pk in (seat.state, seat.institution) for seat in reader.seats)
        )


def make_world():
    world = World()
    for slug, codes in (("reef", ("XAA", "XAB", "XAC")), ("ridge", ("XBA",))):
        world.regions[slug] = make_region(slug, states=codes)
    with acting_for(Capacity.INSTALLATION):
        world.states = {state.iso3: state for state in State.objects.select_related("region")}
        reef = world.regions["reef"]
        for key, iso3 in (("ministry", "XAA"), ("secretariat", None)):
            world.bodies[key] = Institution.objects.create(
                region=reef, state=world.states.get(iso3), key=key, names={"en": key}, kind=key
            )
        record_deed(verb="made", kind="network.region", subject=reef.pk, region=reef.pk)
    for code in ("XAA", "XAB", "XAC", "XBA"):
        take_seat(world, Role.FOCAL_POINT, code)
    take_seat(world, Role.SECRETARIAT, "secretariat")
    # The ministry's desk is a deputy of its state who sits there.
    take_seat(world, Role.DEPUTY, "XAA", body="ministry")
    return world


def take_seat(
    world, role, code="", *, body="", region="reef", starts=None, ends=None, account=None, reads=True
):
    """A new account (or ``account``) holds a new post; the reader as the rules see it."""
    state = world.states.get(code)
    institution = world.bodies.get(body or code)
    home = state.region if state else world.regions[region]
    with acting_for(Capacity.INSTALLATION):
        number = Post.objects.count()
        post = Post.objects.create(
            region=home,
            key=f"post-{number}",
            kind=role,
            state=state,
            institution=institution,
            titles={},
            reads_space=reads,
        )
        account = account or open_account(home, number)
        now = database_now()
        Holding.objects.create(
            region=home,
            post=post,
            account_id=account,
            starts_at=now + (starts or timedelta(days=-100)),
            ends_at=now + ends if ends is not None else None,
        )
        record_deed(verb="opened", kind="network.account", subject=account, region=home.pk)
    before = world.readers.get(account, Reader(account, home.pk))
    is_held = (starts or timedelta(-1)) <= timedelta(0) and (ends is None or ends > timedelta(0))
    seat = (
        {Seat(role, state and state.pk, institution and institution.pk, reads or role != Role.CONTRIBUTOR)}
        if is_held
        else set()
    )
    world.readers[account] = Reader(account, home.pk, before.seats | seat, before.groups)
    return world.readers[account]


def open_account(region, number):
    return Account.objects.create(
        region=region, email=f"{number}@{region.slug}.example", name=f"N {number}"
    ).pk


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        return cursor.fetchone()[0]


def make_group(world, code, members=()):
    """A group that a state or institution keeps, with accounts, states and institutions by id."""
    owner = world.body(code)
    with acting_as(world.scribe(code).account):
        group = Group.objects.create(region=owner.region, name="Neighbours", **owned_by(owner))
        for member in members:
            Member.objects.create(group=group, **member)
        record_deed(verb="made", kind="sharing.group", subject=group.pk)
    return group


def owned_by(owner):
    return {"owner_state": owner} if isinstance(owner, State) else {"owner_institution": owner}


def make_record(world, code, *, marking=Marking.AMBER, audience=None, **columns):
    """A record written row by row as its owner's desk would, with its envelope as the rules see it."""
    owner, scribe, audience = world.body(code), world.scribe(code), audience or Audience()
    with acting_as(scribe.account):
        record = Record.objects.create(
            region=owner.region,
            kind="report",
            marking=marking,
            drafted_by_id=scribe.account,
            **owned_by(owner),
        )
        for row in rows_of(audience):
            Addressee.objects.create(record=record, **row)
        RecordText.objects.create(record=record, version=1, title="t", body="b", written_by_id=scribe.account)
        index_text(record=record.pk, source=record.pk, source_table="sharing_record", title="t", text="b")
        Record.objects.filter(pk=record.pk).update(**columns)
        record_deed(verb="drafted", kind="sharing.record", subject=record.pk)
    owner_keys = {key: value.pk for key, value in owned_by(owner).items()}
    return record, Envelope(owner.region_id, Marking(marking), audience=audience, **owner_keys, **columns)


def rows_of(audience):
    rows = [{"reach": 0, "account_id": pk} for pk in audience.persons]
    rows += [{"reach": 1, "state_id": pk} for pk in audience.states]
    rows += [{"reach": 1, "institution_id": pk} for pk in audience.institutions]
    rows += [{"reach": 2, "group_id": pk} for pk in audience.groups]
    return rows + [{"reach": 3}] * audience.network + [{"reach": 4}] * audience.public


def make_part(world, code, record, *, marking=Marking.RED, audience=None, version=1):
    """A part of a record as its owner's desk would write it, with what decides about it."""
    audience, scribe = audience or Audience(), world.scribe(code)
    with acting_as(scribe.account):
        part = RecordPart.objects.create(
            record=record, version=version, slot=1, label="source", body="s", marking=marking
        )
        index_text(record=record.pk, source=part.pk, source_table="sharing_recordpart", text="s")
        for row in rows_of(audience):
            PartAddressee.objects.create(part=part, record=record, **row)
        record_deed(verb="drafted", kind="sharing.record", subject=record.pk)
    return part, Part(Marking(marking), audience)


def take_back(world, code, record, version):
    """A second version, with all versions before ``version`` taken back."""
    scribe = world.scribe(code)
    with acting_as(scribe.account):
        RecordText.objects.create(record=record, version=2, title="t", body="b", written_by_id=scribe.account)
        Record.objects.filter(pk=record.pk).update(oldest_version=version)
        record_deed(verb="revised", kind="sharing.record", subject=record.pk)


def consult(world, code, record, concerned, *, told=True, replies=False):
    """A state is concerned by the record, told or not yet, and has replied or not."""
    now = database_now()
    times = {"told_at": now, "due_at": now + CONSULTATION} if told else {}
    state = world.states[concerned]
    with acting_as(world.scribe(code).account):
        asked = Consultation.objects.create(record=record, state=state, words="w", **times)
        record_deed(verb="consulted", kind="sharing.record", subject=record.pk)
    if told and replies:
        by = world.scribe(concerned).account
        with acting_as(by):
            Reply.objects.create(record=record, state=state, body="r", by_id=by)
            record_deed(verb="replied", kind="sharing.record", subject=record.pk)
    return asked
