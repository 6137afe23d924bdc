"""What goes when a record of this room is withdrawn: all that was written beside its words."""

from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.models import ActionNote, Delegate, Enclosure, HostPack, Meeting, Passage, PassageText
from rtopnet.sharing.public import OfRecord

WRITTEN: tuple[type[OfRecord], ...] = (Delegate, Enclosure, HostPack, ActionNote, PassageText, Passage)


def forget_content(*, by: UUID, record: UUID) -> int:
    """Delete what belongs to a withdrawn record, as its owner's desk; how many rows that were."""
    with acting_as(by):
        gone = 0
        for kind in WRITTEN:
            rows = kind._default_manager.filter(record=record)  # noqa: SLF001 -- Django's documented API
            gone += sum(rows.filter(pk=pk).delete()[0] for pk in list(rows.values_list("pk", flat=True)))
        meeting = Meeting.objects.filter(record=record).first()
        if meeting is not None:
            Meeting.objects.filter(pk=meeting.pk).update(place="", join_link="", series_name="")
            gone += 1
        if gone:
            record_deed(verb="deleted", kind="sharing.record", subject=record, in_own_books=False)
    return gone
