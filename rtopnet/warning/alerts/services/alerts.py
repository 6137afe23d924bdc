"""Warnings, stage by stage: raised, assessed, consulted on, issued, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.network.public import Account, bodies_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    NobodyAddressedError,
    Terms,
    Words,
    acting_principals,
    address_record,
    consult_state,
    database_now,
    draft_record,
    name_concerned,
    record_sheet,
    release_record,
    revise_record,
    set_terms,
    waive_waiting,
)
from rtopnet.warning.alerts.events import AlertClosed, AlertIssued, SignalRaised
from rtopnet.warning.alerts.models import Alert, AskedBody, Milestone
from rtopnet.warning.alerts.record_kinds import KIND
from rtopnet.warning.alerts.rules.course import (
    BEFORE_ISSUE,
    AlertStageError,
    Crime,
    Deed,
    Level,
    Mark,
    Outcome,
    Stage,
    outcomes_at,
)
from rtopnet.warning.alerts.services.sight import (
    expect_deed,
    keep_deed,
    own_alert,
    reach,
    tell,
)


class AlertRefusedError(RuleBrokenError):
    """What a warning says contradicts itself, or lacks something; the message names the field."""


@dataclass(frozen=True)
class Saying:
    """What a warning says."""

    title: str
    body: str = ""
    crimes: Sequence[Crime] = ()
    concerned: frozenset[UUID] = frozenset()


def raise_signal(
    *,
    by: UUID,
    body: UUID,
    saying: Saying,
    marking: Marking = Marking.GREEN,
    open_to_contributors: bool = False,
) -> UUID:
    """Begin a warning of a state or an institution at its first stage; the record that it is.

    Raises:
        AlertRefusedError: it names no crime.
        OwnerDecidesError: ``by`` is not of the body's people.
    """
    with acting_as(by):
        _expect_sound(saying)
        row = _begin(by, body, saying, marking, open_to_contributors=open_to_contributors)
        reach(row, Stage.SIGNAL, body=body)
        keep_deed("raised", row)
        publish(SignalRaised(row.record_id, by))
        return row.record_id


def record_missed(
    *, by: UUID, body: UUID, saying: Saying, happened_on: date, words: str, lesson: str = ""
) -> UUID:
    """Put down that something happened without a warning, so that the network's figures are honest.

    Raises:
        AlertRefusedError: it names no crime, or says nothing of why nobody warned.
        OwnerDecidesError: ``by`` is not the body's desk.
    """
    with acting_as(by):
        _expect_sound(saying)
        if not words.strip():
            raise AlertRefusedError("words: say what happened, and why nobody warned of it.")
        row = _begin(by, body, saying, Marking.GREEN, open_to_contributors=False)
        at = database_now()
        Alert.objects.filter(pk=row.pk).update(
            missed_on=happened_on,
            closed_at=at,
            outcome=Outcome.MISSED,
            outcome_words=words,
            lesson=lesson,
        )
        Milestone.objects.create(record_id=row.record_id, kind=Stage.CLOSED, at=at, body=body)
        keep_deed("recorded_missed", row)
        return row.record_id


def revise_alert(*, by: UUID, record: UUID, saying: Saying, seen: datetime | None = None) -> None:
    """Write the warning anew; once it is released, as a further version that all its readers are told of.

    Raises:
        AlertRefusedError: it names no crime.
        AlertStageError: it is closed.
        RecordChangedError: somebody else changed it since ``seen``.
    """
    with acting_as(by):
        row = own_alert(record, decides=False)
        _expect_sound(saying)
        if row.closed_at is not None:
            raise AlertStageError("The warning is closed; what it said stays as it was.")
        revise_record(by=by, record=record, words=Words(saying.title, saying.body), seen=seen)
        Alert.objects.filter(pk=row.pk).update(crimes=_codes(saying))
        if row.desk in acting_principals():
            name_concerned(by=by, record=record, states=saying.concerned)
        keep_deed("revised", row)


def assess_alert(*, by: UUID, record: UUID, words: str) -> None:
    """Say what the signal amounts to.

    Raises:
        AlertRefusedError: nothing is said.
        AlertStageError: it was assessed before.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        expect_deed(row, Deed.ASSESS)
        if not words.strip():
            raise AlertRefusedError("words: say what the signal amounts to, and how sure you are.")
        reach(row, Stage.ASSESSED, body=row.desk, words=words)
        keep_deed("assessed", row)


def consult_on_alert(*, by: UUID, record: UUID, state: UUID, words: str) -> None:
    """Tell a state concerned before the warning goes out, in words that its owner chooses.

    Raises:
        AlertStageError: it was not assessed, or has gone out.
        NotConcernedError: the warning does not name the state, or it was told before.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        course = expect_deed(row, Deed.CONSULT)
        consult_state(by=by, record=record, state=state, words=words)
        if course.stage is Stage.ASSESSED:
            reach(row, Stage.CONSULTATION, body=row.desk)
        keep_deed("consulted", row, detail={"state": str(state)})


def waive_consultation(*, by: UUID, record: UUID, state: UUID, because: str) -> None:
    """Put down why people would be endangered by waiting for a state's reply.

    Raises:
        AlertStageError: it has gone out.
        NotConcernedError: the state was not told yet.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        expect_deed(row, Deed.CONSULT)
        waive_waiting(by=by, record=record, state=state, because=because)
        keep_deed("waived_waiting", row, detail={"state": str(state)})


def issue_alert(
    *, by: UUID, record: UUID, level: Level, audience: Audience, marking: Marking | None = None
) -> None:
    """Send the warning out at a level; each state and institution warned is asked to answer in time.

    Raises:
        AlertStageError: it was not assessed, or was issued before.
        ConsultationRunsError: a state concerned has not been heard.
        MarkingTooNarrowError: its marking does not let it go so far.
        NobodyAddressedError: nobody is warned.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        expect_deed(row, Deed.ISSUE)
        if audience.reach() is None:
            raise NobodyAddressedError("Choose at least one state or institution to warn.")
        _set_out(by, row, audience, marking)
        due = reach(row, Stage.ISSUED, body=row.desk) or database_now()
        Alert.objects.filter(pk=row.pk).update(
            level=level.value, issued_at=database_now(), answers_due_at=due
        )
        _put_level(row, level, "")
        asked = bodies_to_answer(audience, row)
        AskedBody.objects.bulk_create(
            AskedBody(record_id=record, body=body, due_at=due, openly=audience.network or audience.public)
            for body in sorted(asked)
        )
        keep_deed("issued", row, also=asked, detail={"level": level.value})
        tell("answer_asked", asked, row, due=due)
        publish(AlertIssued(record, by))


def set_alert_level(*, by: UUID, record: UUID, level: Level, words: str) -> None:
    """Say that the danger is nearer, or further, than it was.

    Raises:
        AlertRefusedError: it is at that level, or nothing is said of why.
        AlertStageError: it is not issued, or closed.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        expect_deed(row, Deed.SET_LEVEL)
        if row.level == level:
            raise AlertRefusedError("level: the warning is at this level already.")
        if not words.strip():
            raise AlertRefusedError("words: say what changed.")
        Alert.objects.filter(pk=row.pk).update(level=level.value)
        _put_level(row, level, words)
        asked = _asked(record)
        keep_deed("set_level", row, also=asked, detail={"level": level.value})
        tell("level_set", asked, row)


def close_alert(*, by: UUID, record: UUID, outcome: Outcome, words: str, lesson: str = "") -> None:
    """End the warning with what became of it, and with what others may learn from that.

    Raises:
        AlertRefusedError: the outcome cannot be at this stage, or what became of it is not said.
        AlertStageError: it is closed.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        row = own_alert(record)
        course = expect_deed(row, Deed.CLOSE)
        if outcome not in outcomes_at(course.stage):
            raise AlertRefusedError("outcome: a warning that was not issued averted nothing.")
        if not words.strip():
            raise AlertRefusedError("words: say what became of it.")
        if course.stage not in BEFORE_ISSUE and not lesson.strip():
            raise AlertRefusedError("lesson: say what others may learn from it.")
        reach(row, Stage.CLOSED, body=row.desk)
        Alert.objects.filter(pk=row.pk).update(
            closed_at=database_now(), outcome=outcome.value, outcome_words=words, lesson=lesson
        )
        asked = _asked(record)
        keep_deed("closed", row, also=asked, detail={"outcome": outcome.value})
        tell("closed", asked, row)
        publish(AlertClosed(record, by))


def bodies_to_answer(audience: Audience, row: Alert) -> frozenset[UUID]:
    """Whom the warning asks for an answer: those named, or every other state where it goes to all."""
    named = audience.states | audience.institutions
    if audience.network or audience.public:
        named |= {body.id for body in bodies_of(row.record.region_id) if body.is_state}
    return frozenset(one for one in named if one != row.desk)


def _begin(by: UUID, body: UUID, saying: Saying, marking: Marking, *, open_to_contributors: bool) -> Alert:
    region = {one.id: one.is_state for one in bodies_of(_region_of(by))}
    owner = {"state": body} if region.get(body, True) else {"institution": body}
    record = draft_record(
        by=by,
        terms=Terms(KIND, marking, open_to_contributors=open_to_contributors),
        words=Words(saying.title, saying.body),
        **owner,
    )
    row = Alert.objects.create(record_id=record, crimes=_codes(saying))
    row.refresh_from_db()
    if saying.concerned and row.desk in acting_principals():
        name_concerned(by=by, record=record, states=saying.concerned)
    return Alert.objects.select_related("record__region").get(pk=row.pk)


def _set_out(by: UUID, row: Alert, audience: Audience, marking: Marking | None) -> None:
    """Let the audience read the record; whoever read it before, to sign it, goes on reading."""
    sheet = record_sheet(row.record_id)
    before = sheet.audience if sheet else Audience()
    whole = Audience(
        persons=audience.persons | before.persons,
        states=audience.states | before.states,
        institutions=audience.institutions | before.institutions,
        groups=audience.groups | before.groups,
        network=audience.network,
        public=audience.public,
    )
    if marking is not None and marking != row.record.marking:
        terms = Terms(KIND, marking, open_to_contributors=row.record.open_to_contributors)
        set_terms(by=by, record=row.record_id, terms=terms)
    address_record(by=by, record=row.record_id, audience=whole)
    if row.record.released_at is None:
        release_record(by=by, record=row.record_id)


def _put_level(row: Alert, level: Level, words: str) -> None:
    Milestone.objects.create(
        record_id=row.record_id,
        kind=Mark.LEVEL.value,
        at=database_now(),
        body=row.desk,
        level=level.value,
        words=words,
    )


def _asked(record: UUID) -> set[UUID]:
    return set(AskedBody.objects.filter(record_id=record).values_list("body", flat=True))


def _region_of(by: UUID) -> UUID:
    region: UUID = Account.objects.values_list("region_id", flat=True).get(pk=by)
    return region


def _codes(saying: Saying) -> list[str]:
    return [crime.value for crime in Crime if crime in set(saying.crimes)]


def _expect_sound(saying: Saying) -> None:
    if not saying.title.strip():
        raise AlertRefusedError("title: say in a sentence what is to be feared.")
    if not saying.crimes:
        raise AlertRefusedError("crimes: name at least one of the four crimes, or their incitement.")
