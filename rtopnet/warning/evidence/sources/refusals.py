"""How a source could not be read; what was brought before stays."""


class SourceError(Exception):
    """A source could not be read; ``code`` says why, for people, and the message what exactly."""

    code = "failed"


class FormatChangedError(SourceError):
    """The answer is not what the connector knows; the message names what is different."""

    code = "format_changed"


class AccessRefusedError(SourceError):
    """The source does not let us in: a key or name is missing, wrong, or not approved."""

    code = "access_refused"


class SourceGoneError(SourceError):
    """There is nothing at this address any more."""

    code = "gone"


class SourceBusyError(SourceError):
    """No answer in time, or one that asks to come back later."""

    code = "busy"


class AnswerTooLargeError(SourceError):
    """The answer is larger than what is read."""

    code = "too_large"


class SettingMissingError(SourceError):
    """Something that this kind of source needs is not set."""

    code = "not_set"


class AddressRefusedError(SourceError):
    """Its address leads to a host that is not a public one, or is no https."""

    code = "address_refused"
