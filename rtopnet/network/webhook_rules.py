"""When an announcement is tried again, what it says, and how it is signed."""

import hmac
import json
from datetime import datetime, timedelta
from hashlib import sha256

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 5 * 60, 8 * 60, 8 * 60))
"""Eight tries over about a day; then it is given up."""
FAILURES_UNTIL_DISABLED = 24
"""Failed tries in a row, whichever announcements they were of."""
TEST_KIND = "network.webhook_test"
WITHIN = timedelta(minutes=5)
"""How old a signature may be before its receiver should refuse it."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many failed tries; None: give up.

    >>> next_try(1, datetime(2030, 1, 1)).minute
    1
    """
    return now + RETRY_AFTER[tries - 1] if 1 <= tries <= len(RETRY_AFTER) else None


def announcement(
    *, delivery: str, notice: str | None, kind: str, subject: dict[str, str] | None, at: datetime
) -> bytes:
    """What is sent: ids, a kind and an instant; no content and no name."""
    said = {"delivery": delivery, "notice": notice, "kind": kind, "subject": subject, "at": at.isoformat()}
    return json.dumps(said, separators=(",", ":"), sort_keys=True).encode()


def signature(secret: str, body: bytes, at: datetime) -> str:
    """The value of ``RtoPNet-Signature``: an HMAC-SHA256 over the second, a full stop and the body."""
    second = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), second.encode() + b"." + body, sha256).hexdigest()
    return f"t={second},v1={digest}"
