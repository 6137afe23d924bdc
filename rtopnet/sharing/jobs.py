"""Work on records and their files that is done later, and once a day."""

from uuid import UUID

from rtopnet.kernel.jobs import service_job
from rtopnet.sharing import public
from rtopnet.sharing.public import TELL_READERS, tell_readers


@service_job(TELL_READERS)
def tell_readers_job(*, record: str, about: str) -> None:
    """Tell a record's readers what became of it."""
    tell_readers(record=UUID(record), about=about)


@service_job("stamp_file", attempts=3)
def stamp_file(*, tries: str = "1", **file: str) -> None:
    """Have a file stamped with the time; twice adds a second stamp, and the newest holds."""
    public.stamp_file(file=public.file_at_hand(**file), tries=int(tries))


@service_job("scan_file", attempts=3)
def scan_file(*, tries: str = "1", **file: str) -> None:
    """Have a file scanned for malware."""
    public.scan_file(file=public.file_at_hand(**file), tries=int(tries))


@service_job("look_into_file", attempts=3)
def look_into_file(**file: str) -> None:
    """Draw a file's preview and read what it tells about its making."""
    public.look_into_file(file=public.file_at_hand(**file))


@service_job("sweep_files", every="17 3 * * *")
def sweep_files() -> None:
    """Remove contents that belong to no record."""
    public.sweep_files()
