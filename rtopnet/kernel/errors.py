"""Errors that people are meant to read: one line that says what to do."""


class RuleBrokenError(Exception):
    """A rule of the domain refused the deed; subclasses name the rule."""


class SetUpError(Exception):
    """The installation cannot start as it is; the message says what to change."""
