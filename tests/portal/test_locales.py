from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from rtopnet.portal.locales import moment

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("UTC", "3 March 2026, 12:00 UTC"),
        ("Asia/Tokyo", "3 March 2026, 21:00 UTC+9"),
        ("Asia/Kolkata", "3 March 2026, 17:30 UTC+5:30"),
        ("America/St_Johns", "3 March 2026, 08:30 UTC-3:30"),
    ],
)
def test_an_instant_says_its_zone_by_the_distance_from_utc(zone, text):
    with translation.override("en"):
        assert moment(NOON.astimezone(ZoneInfo(zone))) == text
