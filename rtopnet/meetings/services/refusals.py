"""What the database refuses in the silence procedure, in the words of the rule that was broken."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.rules import (
    CircleCannotReadError,
    NextVersionNeededError,
    NotTakingPartError,
    PeriodRefusedError,
    RoundOpenError,
    SilenceOverError,
)
from rtopnet.sharing.public import RecordHeldError, RecordNotInSightError

_WORDS: dict[str, RuleBrokenError] = {
    "RT005": RecordNotInSightError("There is no such text that you may know of."),
    "RT008": RecordHeldError("It is in silence or adopted, and stays as it is."),
    "RT011": RoundOpenError("It is in silence or adopted already."),
    "RT012": NextVersionNeededError("The silence on this version was broken: write the next version first."),
    "RT013": PeriodRefusedError("The deadline leaves capitals too little time, or is too far away."),
    "RT014": CircleCannotReadError("A state asked to agree, or the chair, could not read the text."),
    "RT015": SilenceOverError("The silence is over; nothing can be added to this round any more."),
    "RT016": NotTakingPartError("Your state cannot do this in this round, or has done it already."),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Raise what the database refuses as the rule that it is; anything else goes on as it came."""
    try:
        yield
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", "") or ""
        if state in _WORDS:
            raise type(_WORDS[state])(str(_WORDS[state])) from error
        raise
