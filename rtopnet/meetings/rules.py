"""The silence procedure: what a round is, who may do what in it until when, and how it ends.

A text is circulated until an instant, its deadline. Until then a state may break the silence, ask for more
time once for all, or join with a reservation; silence agrees. The deadline belongs to the time after: an act
at that very instant comes too late, and the text is adopted from then on.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from rtopnet.kernel.errors import RuleBrokenError

USUAL_PERIOD = timedelta(days=10)
"""Capitals consult their ministries: what is shorter needs a reason that all read."""
LEAST_PERIOD = timedelta(hours=72)
LONGEST_PERIOD = timedelta(days=120)
EXTENSION_DAYS = 5
END_OF_DAY = 24
"""The hour at which a day is over."""
STATEMENT_WITHIN = timedelta(days=30)
"""How long after adoption the chair may still add its statement."""
_FURTHEST = 60


class SilenceOverError(RuleBrokenError):
    """The round has ended: its deadline passed, its silence was broken, or the text was withdrawn."""


class NotTakingPartError(RuleBrokenError):
    """The acting account does not decide for a state that takes part."""


class DrafterWithdrawsError(RuleBrokenError):
    """Whoever circulated the text withdraws it instead of breaking the silence on it."""


class ExtendedBeforeError(RuleBrokenError):
    """More time was asked for before; it can be once in a round."""


class ReasonMissingError(RuleBrokenError):
    """The deed needs words that all will read."""


class PeriodRefusedError(RuleBrokenError):
    """The deadline leaves capitals too little time, or is too far away."""


class RoundOpenError(RuleBrokenError):
    """The text is in silence or adopted, so it cannot be circulated."""


class CircleCannotReadError(RuleBrokenError):
    """Somebody whose silence would agree, or the chair, does not read the text."""


class NextVersionNeededError(RuleBrokenError):
    """The silence on this version was broken: write the next one first."""


class NoReservationError(RuleBrokenError):
    """The state has no reservation to take back."""


class NotAdoptedError(RuleBrokenError):
    """The text is not adopted, or the time for this is over."""


class Stage(StrEnum):
    """Where a round stands."""

    IN_SILENCE = "in_silence"
    BROKEN = "broken"
    """The text is back with its drafter."""
    WITHDRAWN = "withdrawn"
    ADOPTED = "adopted"


class Deed(StrEnum):
    """What somebody does in a round."""

    BREAK = "break"
    EXTENSION = "extension"
    RESERVATION = "reservation"
    RETRACTION = "retraction"
    """Of one's reservation."""
    COMMENT = "comment"
    WITHDRAWAL = "withdrawal"


NEED_WORDS = frozenset({Deed.BREAK, Deed.RESERVATION, Deed.COMMENT})
ONES_OWN_TEXT = frozenset({Deed.BREAK, Deed.RESERVATION, Deed.RETRACTION})
"""What a drafter does not do to its own text."""


@dataclass(frozen=True)
class Act:
    """A deed of a state's or institution's desk; ``until`` is the new deadline of an extension."""

    deed: Deed
    body: UUID
    at: datetime
    words: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Round:
    """A text in one version before certain states until a deadline; all instants know their zone.

    Attributes:
        drafter: the state or institution that owns the text.
        participants: states whose silence agrees; the drafter among them, where it is a state.
    """

    number: int
    version: int
    drafter: UUID
    participants: frozenset[UUID]
    chair: UUID
    opened_at: datetime
    first_deadline: datetime
    acts: tuple[Act, ...] = ()

    @property
    def deadline(self) -> datetime:
        """The first deadline, or the one that an extension set."""
        return next((act.until for act in self.acts if act.until), self.first_deadline)

    @property
    def is_extended(self) -> bool:
        """Whether more time was asked for."""
        return any(act.deed is Deed.EXTENSION for act in self.acts)

    def ending(self) -> Act | None:
        """The act that ended the round before its deadline, if one did."""
        return next((act for act in self.acts if act.deed in {Deed.BREAK, Deed.WITHDRAWAL}), None)


def stage_of(about: Round, now: datetime) -> Stage:
    """Where the round stands at ``now``; at its deadline, to the instant, it is adopted."""
    ending = about.ending()
    if ending is not None:
        return Stage.BROKEN if ending.deed is Deed.BREAK else Stage.WITHDRAWN
    return Stage.ADOPTED if now >= about.deadline else Stage.IN_SILENCE


def enter(about: Round, act: Act) -> Round:
    """The round with the act in it.

    Raises:
        SilenceOverError: the round had ended at the act's instant.
        NotTakingPartError: its body takes no part, or may not do this.
        DrafterWithdrawsError: the drafter would break silence on its own text, or reserve its position.
        ExtendedBeforeError: more time was asked for before.
        ReasonMissingError: the deed needs words.
        NoReservationError: there is none to take back.
        PeriodRefusedError: an extension that does not extend.
    """
    if stage_of(about, act.at) is not Stage.IN_SILENCE:
        raise SilenceOverError("The silence is over; nothing can be added to this round any more.")
    _expect_may(about, act.deed, act.body)
    if act.deed in NEED_WORDS and not act.words.strip():
        raise ReasonMissingError("Write the words; all who take part will read them.")
    if act.deed is Deed.EXTENSION:
        _expect_extends(about, act)
    if act.deed is Deed.RETRACTION and act.body not in {one.body for one in reservations(about)}:
        raise NoReservationError("Your state has no reservation to take back.")
    return replace(about, acts=(*about.acts, act))


def open_deeds(about: Round, body: UUID, now: datetime) -> frozenset[Deed]:
    """What the desk of ``body`` may do in the round at ``now``; pages offer nothing else."""
    if stage_of(about, now) is not Stage.IN_SILENCE:
        return frozenset()
    return frozenset(deed for deed in Deed if _may(about, deed, body))


def reservations(about: Round) -> tuple[Act, ...]:
    """The reservations that stand, one a state, in the order of their last wording."""
    standing: dict[UUID, Act] = {}
    for act in about.acts:
        if act.deed in {Deed.RESERVATION, Deed.RETRACTION}:
            standing.pop(act.body, None)
        if act.deed is Deed.RESERVATION:
            standing[act.body] = act
    return tuple(standing.values())


def expect_may_circulate(last: Round | None, version: int, now: datetime) -> None:
    """Refuse a further round while one runs, after adoption, or on a version that was broken before.

    Raises:
        RoundOpenError: the text is in silence, or adopted.
        NextVersionNeededError: its last version was broken, and there is no later one.
    """
    if last is None:
        return
    stage = stage_of(last, now)
    if stage is Stage.ADOPTED:
        raise RoundOpenError("It is adopted; what was agreed does not change.")
    if stage is Stage.IN_SILENCE:
        raise RoundOpenError("It is in silence already; withdraw it first.")
    if stage is Stage.BROKEN and version <= last.version:
        raise NextVersionNeededError("The silence on this version was broken: write the next version first.")


def expect_period(opened_at: datetime, deadline: datetime, because: str) -> None:
    """Refuse a deadline that leaves capitals too little time, or lies too far away.

    Raises:
        PeriodRefusedError: less than 72 hours, or more than 120 days.
        ReasonMissingError: less than ten days, and no reason is given.
    """
    period = deadline - opened_at
    if period < LEAST_PERIOD:
        raise PeriodRefusedError("Capitals need at least 72 hours: choose a later day.")
    if period > LONGEST_PERIOD:
        raise PeriodRefusedError("The day is more than 120 days away: choose an earlier one.")
    if period < USUAL_PERIOD and not because.strip():
        raise ReasonMissingError("Less than ten days needs a reason, which all who take part will read.")


def expect_statement(about: Round, body: UUID, words: str, now: datetime) -> None:
    """Refuse a statement of anybody but the chair, before adoption, or long after it.

    Raises:
        NotTakingPartError: ``body`` does not chair.
        NotAdoptedError: the text is not adopted, or was adopted more than 30 days ago.
        ReasonMissingError: it says nothing.
    """
    if body != about.chair:
        raise NotTakingPartError("Only the chair adds a statement.")
    if stage_of(about, now) is not Stage.ADOPTED or now > about.deadline + STATEMENT_WITHIN:
        raise NotAdoptedError("The chair adds its statement within 30 days of adoption.")
    if not words.strip():
        raise ReasonMissingError("Write what the chair states.")


def _expect_may(about: Round, deed: Deed, body: UUID) -> None:
    if _may(about, deed, body):
        return
    if deed is Deed.EXTENSION and about.is_extended:
        raise ExtendedBeforeError("More time was asked for before; it can be asked for once.")
    if deed in ONES_OWN_TEXT and body == about.drafter:
        raise DrafterWithdrawsError("It is your own text: withdraw it instead.")
    if deed is Deed.RETRACTION:
        raise NoReservationError("Your state has no reservation to take back.")
    raise NotTakingPartError("Only the desk of a state that takes part may do this.")


def _may(about: Round, deed: Deed, body: UUID) -> bool:
    if deed is Deed.WITHDRAWAL:
        return body == about.drafter
    if deed is Deed.COMMENT:
        return body in about.participants | {about.drafter, about.chair}
    if body not in about.participants or (deed in ONES_OWN_TEXT and body == about.drafter):
        return False
    if deed is Deed.EXTENSION:
        return not about.is_extended
    if deed is Deed.RETRACTION:
        return body in {act.body for act in reservations(about)}
    return True


def _expect_extends(about: Round, act: Act) -> None:
    if act.until is None or act.until <= about.deadline:
        raise PeriodRefusedError("More time means a later deadline.")


@dataclass(frozen=True)
class Capital:
    """Where a state decides: its zone, the weekdays on which it rests (Monday is 0), its public holidays."""

    state: UUID
    zone: str
    rest_days: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[date, str] | None = None

    def rests_on(self, day: date) -> str | None:
        """Why its offices are closed that day: the holiday's name, empty for a day of rest; None if open."""
        holiday = (self.holidays or {}).get(day)
        return holiday if holiday is not None else "" if day.weekday() in self.rest_days else None


@dataclass(frozen=True)
class PassedOver:
    """A day that cannot be the last, because a capital is closed: by a holiday, or (empty) at rest."""

    day: date
    state: UUID
    holiday: str


@dataclass(frozen=True)
class LastDay:
    """The last day of a round, the instant at which it is over everywhere, and the days passed over."""

    day: date
    at: datetime
    passed_over: tuple[PassedOver, ...] = ()


def last_day_from(day: date, hour: int, capitals: Collection[Capital]) -> LastDay:
    """The first day from ``day`` on that is a working day in every capital, and when it ends in the last.

    Raises:
        PeriodRefusedError: there is none within 60 days.
    """
    passed: list[PassedOver] = []
    for number in range(_FURTHEST):
        chosen = day + timedelta(days=number)
        closed = list(_closed(chosen, capitals))
        if not closed:
            return LastDay(chosen, instant_of(chosen, hour, capitals), tuple(passed))
        passed += closed
    raise PeriodRefusedError("No day of the next 60 is a working day in every capital.")


def instant_of(day: date, hour: int, capitals: Collection[Capital]) -> datetime:
    """When the local hour has passed in the last of the capitals, in UTC.

    An hour that occurs twice when clocks go back is over the second time; one that is skipped when they go
    forward counts by the clock before the change.
    """
    local = datetime.combine(day, time()) + timedelta(hours=hour)
    zones = {capital.zone for capital in capitals} or {"UTC"}
    return max(
        local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for zone in zones for fold in (0, 1)
    )


def extended_from(day: date, hour: int, capitals: Collection[Capital]) -> LastDay:
    """The last day that an extension of a round until ``day`` sets, on to the next working day of all."""
    return last_day_from(day + timedelta(days=EXTENSION_DAYS), hour, capitals)


def _closed(day: date, capitals: Collection[Capital]) -> Iterator[PassedOver]:
    for capital in capitals:
        why = capital.rests_on(day)
        if why is not None:
            yield PassedOver(day, capital.state, why)
