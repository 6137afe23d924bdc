"""Errors that a person running forewarn can act on; each is one line without a stack trace."""


class ForewarnError(Exception):
    """Something the caller can mend; its text is one line that says what to do."""

    exit_code = 2


class UnusableInputError(ForewarnError):
    """The input cannot be read at all; nothing was changed."""


class NotEnoughHistoryError(ForewarnError):
    """The data ends before the origin, or begins too late for the model."""


class UnknownModelError(ForewarnError):
    """No model of that name is registered."""
