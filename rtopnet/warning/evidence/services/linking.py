"""Finding which signals belong together, as they arrive."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from uuid import UUID

from rtopnet.warning.evidence.models import Signal, SignalLink
from rtopnet.warning.evidence.rules.linking import (
    DAY,
    LONGEST_EVENT,
    REPORT_DAYS,
    Mention,
    likenesses,
    mention,
)
from rtopnet.warning.evidence.sources.registry import connectors

SPAN = timedelta(days=14)
"""Days of new signals that are compared at once with what stands around them."""
_AROUND = DAY * max(LONGEST_EVENT + 1, REPORT_DAYS)


def link_signals(*, region: UUID, changed: Collection[UUID]) -> int:
    """Link new and revised signals with each other and with what was there; as the installation."""
    if not changed:
        return 0
    found = 0
    days = Signal.objects.filter(pk__in=list(changed)).order_by("first_day").values_list("pk", "first_day")
    for members, first, last in _spans(list(days)):
        around = Signal.objects.filter(
            region_id=region,
            first_day__gte=first - _AROUND,
            first_day__lte=last + _AROUND,
            gone_at__isnull=True,
        )
        mentions = [_mention(row) for row in around.select_related("source").iterator(chunk_size=2000)]
        rows = [
            SignalLink(
                first_id=UUID(each.first), second_id=UUID(each.second), tie=each.tie.value, score=each.score
            )
            for each in likenesses(mentions, new={str(one) for one in members})
        ]
        found += len(SignalLink.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True))
    return found


def _spans(days: list[tuple[UUID, date]]) -> Iterator[tuple[list[UUID], date, date]]:
    at = 0
    while at < len(days):
        begin = days[at][1]
        members = [(pk, day) for pk, day in days[at:] if day <= begin + SPAN]
        yield [pk for pk, _ in members], begin, members[-1][1]
        at += len(members)


def _mention(row: Signal) -> Mention:
    connector = connectors().get(row.source.kind)
    prose = connector is None or connector.prose
    point = None
    if row.latitude is not None and row.longitude is not None:
        point = (row.latitude, row.longitude)
    return mention(
        id=str(row.pk),
        first_day=row.first_day,
        last_day=row.last_day,
        published=row.published_at.date(),
        state=str(row.state_id or ""),
        place=row.place,
        point=point,
        names=[*row.actors, *row.targets],
        text=f"{row.title}\n{row.text}" if prose else row.text,
        url=row.url,
    )
