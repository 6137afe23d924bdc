"""The room's work done by the clock."""

from rtopnet.kernel.jobs import service_job
from rtopnet.warning.evidence.public import fetch_due_sources


@service_job("fetch_due_sources", every="*/5 * * * *")
def fetch_what_is_due() -> None:
    """Ask every open source whose time has come; a source that was just asked is left alone."""
    fetch_due_sources()
