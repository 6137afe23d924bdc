"""Private facts of signals: what stands under a licence, why a desk set something aside, why it split two."""

from datetime import UTC, datetime

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.sharing.rules import STATE_DESK
from rtopnet.warning.evidence.models import Signal, SignalSource
from rtopnet.warning.evidence.public import Verdict, dismiss_signal, join_signals, split_signal
from rtopnet.warning.evidence.services.fetching import keep_told
from rtopnet.warning.evidence.sources.contract import Batch, Item

MEMBERS = {"focal_point", "deputy", "contributor", "secretariat"}
AT = datetime(2026, 9, 5, 9, tzinfo=UTC)


def plant(leaks):
    """Signals of an open source and of a licensed one, and what the first state's desk made of them."""
    home = leaks.world.regions["reef"].pk
    state = leaks.world.states["XAA"].pk

    def member(reader):
        return bool(reader and reader.region == home and any(seat.role in MEMBERS for seat in reader.seats))

    def licensed(reader):
        seats = reader.seats if reader else ()
        return any(seat.state == state and seat.role in STATE_DESK for seat in seats)

    opened = _source(leaks, "press", [home], member)
    closed = _source(leaks, "coded", [state], licensed)
    _tell(leaks, opened, member, count=3)
    _tell(leaks, closed, licensed, count=1)
    with acting_for(Capacity.INSTALLATION):
        first, second, third = (
            Signal.objects.filter(source=opened).order_by("key").values_list("pk", flat=True)
        )
        (hidden,) = Signal.objects.filter(source=closed).values_list("pk", flat=True)
    by = leaks.desk("XAA")
    dismiss_signal(by=by, body=state, signal=third, reason=leaks.word("why a signal was set aside", licensed))
    why = leaks.word("why two signals were split", member, is_wide=True)
    split_signal(by=by, body=state, verdict=Verdict((first, second), why))
    why = leaks.word("why an open and a licensed signal were joined", licensed)
    join_signals(by=by, body=state, verdict=Verdict((first, hidden), why))
    leaks.ids["signal"] = [first, third, hidden]


def _source(leaks, key, readers, allowed):
    region = leaks.world.regions["reef"]
    with acting_for(Capacity.INSTALLATION):
        source = SignalSource.objects.create(
            region=region,
            key=key,
            name=leaks.word(f"signals: name of the source {key}", allowed),
            kind="feed",
            address="https://wire.example/",
            licence=leaks.word(f"signals: licence of {key}", allowed),
            attribution=leaks.word(f"signals: attribution of {key}", allowed),
            is_licensed=key == "coded",
            readers=readers,
            error="failed",
            error_detail=leaks.word(f"signals: what is wrong with {key}", allowed),
        )
        record_deed(verb="made", kind="evidence.source", subject=source.pk, region=region.pk)
    return source


def _tell(leaks, source, allowed, *, count):
    def word(what, number):
        return leaks.word(f"signals: {what} of {source.key} {number}", allowed)

    def told(revised):
        return tuple(
            Item(
                key=f"{source.key}-{number}",
                title=word(f"title {revised}", number),
                text=word(f"text {revised}", number),
                published_at=AT,
                place=word("place", number),
                actors=(word("actor", number),),
                targets=(word("target", number),),
                outlets=(word("outlet", number),),
                url=f"https://wire.example/{word('address', number)}",
                language="en",
                state="XAA",
            )
            for number in range(count)
        )

    for revised in ("first", "then"):
        keep_told(source=source.pk, batch=Batch(told(revised), {"told": revised}))
