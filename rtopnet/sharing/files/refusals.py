"""Why a file is not taken or not handed out."""

from rtopnet.kernel.errors import RuleBrokenError


class FileTooLargeError(RuleBrokenError):
    """The file is larger than this installation takes."""


class FileEmptyError(RuleBrokenError):
    """There is nothing in the file."""


class AttachmentNotInSightError(RuleBrokenError):
    """There is no such file, or it is not for the acting account to know of; nobody is told which."""


class FileHeldBackError(RuleBrokenError):
    """The file was found harmful, or is not scanned yet, and the reader is not of its owner's people."""


class NoCleanCopyError(RuleBrokenError):
    """No copy without metadata can be made of this file."""
