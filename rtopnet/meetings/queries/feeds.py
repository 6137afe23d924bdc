"""Calendar feeds as their makers see them, and what stands in a calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from rtopnet.kernel.clock import now
from rtopnet.meetings.models import CalendarFeed, Meeting
from rtopnet.meetings.queries.meetings import MeetingLine, lines_of
from rtopnet.sharing.public import Marking

BACK = timedelta(days=366)
MOST_ENTRIES = 500


@dataclass(frozen=True)
class FeedLine:
    """A feed that is open."""

    post: UUID
    made_at: datetime


def own_feeds() -> list[FeedLine]:
    """Feeds that the acting account made and that were not ended."""
    rows = CalendarFeed.objects.filter(revoked_at__isnull=True).order_by("made_at")
    return [FeedLine(row.post_id, row.made_at) for row in rows]


def calendar_lines() -> list[tuple[MeetingLine, Marking]]:
    """Shared meetings in the acting account's sight that its calendar holds, with their markings."""
    rows = list(
        Meeting.objects.filter(open_from__lte=now(), ends_at__gt=now() - BACK)
        .select_related("record")
        .order_by("starts_at", "pk")[:MOST_ENTRIES]
    )
    return list(zip(lines_of(rows), [Marking(row.record.marking) for row in rows], strict=True))
