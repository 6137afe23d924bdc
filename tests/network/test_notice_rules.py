from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.network.notice_rules import (
    RETRY_AFTER,
    Channel,
    Habits,
    Rhythm,
    delivery_time,
    is_quiet,
    next_digest,
    quiet_end,
    retry_time,
)

NIGHT = Habits(zone="Asia/Tokyo", quiet_from=time(22), quiet_until=time(7))
SPRING = Habits(zone="Europe/Berlin", quiet_from=time(22), quiet_until=time(2, 30))
ZONES = ("UTC", "Asia/Tokyo", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")


def local(zone, *when, fold=0):
    return datetime(*when, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def send(habits, now, *, channel=Channel.MAIL, urgent=False):
    return delivery_time(habits, channel=channel, urgent=urgent, now=now)


def test_without_habits_it_goes_at_once():
    now = local("UTC", 2026, 5, 1, 3)
    assert send(Habits(), now) == now
    assert send(Habits(), now, channel=Channel.PUSH) == now


@pytest.mark.parametrize(
    ("when", "out"),
    [
        ((2026, 5, 1, 21, 59), (2026, 5, 1, 21, 59)),
        ((2026, 5, 1, 22, 0), (2026, 5, 2, 7, 0)),
        ((2026, 5, 1, 23, 59), (2026, 5, 2, 7, 0)),
        ((2026, 5, 2, 0, 0), (2026, 5, 2, 7, 0)),
        ((2026, 5, 2, 6, 59), (2026, 5, 2, 7, 0)),
        ((2026, 5, 2, 7, 0), (2026, 5, 2, 7, 0)),
    ],
)
def test_quiet_hours_run_across_midnight_in_the_readers_zone(when, out):
    assert send(NIGHT, local("Asia/Tokyo", *when)) == local("Asia/Tokyo", *out)


def test_quiet_hours_within_a_day():
    noon = Habits(zone="Asia/Tokyo", quiet_from=time(12), quiet_until=time(13, 30))
    assert send(noon, local("Asia/Tokyo", 2026, 5, 1, 12, 10)) == local("Asia/Tokyo", 2026, 5, 1, 13, 30)
    assert not is_quiet(noon, local("Asia/Tokyo", 2026, 5, 1, 11))


def test_an_end_that_the_clocks_jump_over_is_where_they_land():
    assert quiet_end(SPRING, local("Europe/Berlin", 2026, 3, 29, 1, 10)) == datetime(
        2026, 3, 29, 1, tzinfo=UTC
    )


def test_an_end_that_comes_twice():
    first = local("Europe/Berlin", 2026, 10, 25, 2, 30)
    assert quiet_end(SPRING, local("Europe/Berlin", 2026, 10, 25, 1)) == first
    again = local("Europe/Berlin", 2026, 10, 25, 2, 10, fold=1)
    assert quiet_end(SPRING, again) == local("Europe/Berlin", 2026, 10, 25, 2, 30, fold=1)


@given(
    zone=st.sampled_from(ZONES),
    quiet_from=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    quiet_until=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_what_waits_goes_out_in_the_first_minute_that_is_not_quiet(zone, quiet_from, quiet_until, at):
    habits = Habits(zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)
    end = quiet_end(habits, at)
    assert end >= at
    assert not is_quiet(habits, end)
    if end > at:
        assert is_quiet(habits, end - timedelta(minutes=1))
        assert is_quiet(habits, at)
        assert end - at <= timedelta(hours=25)


def test_urgent_passes_only_where_the_reader_chose_so():
    night = local("Asia/Tokyo", 2026, 5, 1, 23)
    assert send(NIGHT, night, urgent=True) > night
    passing = Habits(
        zone="Asia/Tokyo", rhythm=Rhythm.DAILY, quiet_from=time(22), quiet_until=time(7), urgent_passes=True
    )
    assert send(passing, night, urgent=True) == night
    assert send(passing, night) > night


def test_a_digest_is_daily_or_weekly_at_its_hour():
    daily = Habits(zone="Asia/Tokyo", rhythm=Rhythm.DAILY, digest_hour=8)
    weekly = Habits(zone="Asia/Tokyo", rhythm=Rhythm.WEEKLY, digest_hour=8, digest_weekday=0)
    friday = local("Asia/Tokyo", 2026, 5, 1, 8)
    assert next_digest(daily, friday) == local("Asia/Tokyo", 2026, 5, 2, 8)
    assert next_digest(daily, friday - timedelta(minutes=1)) == friday
    assert next_digest(weekly, friday) == local("Asia/Tokyo", 2026, 5, 4, 8)
    monday = local("Asia/Tokyo", 2026, 5, 4, 8)
    assert next_digest(weekly, monday) == monday + timedelta(days=7)


def test_a_digest_keeps_its_wall_hour_when_clocks_change():
    daily = Habits(zone="Europe/Berlin", rhythm=Rhythm.DAILY, digest_hour=8)
    before = next_digest(daily, local("Europe/Berlin", 2026, 3, 27, 9))
    after = next_digest(daily, before)
    assert (before.hour, after.hour) == (7, 6)


def test_a_digest_in_the_quiet_hours_waits_and_pushes_do_not_wait_for_it():
    habits = Habits(zone="UTC", rhythm=Rhythm.DAILY, digest_hour=6, quiet_from=time(22), quiet_until=time(7))
    noon = local("UTC", 2026, 5, 1, 12)
    assert send(habits, noon) == local("UTC", 2026, 5, 2, 7)
    assert send(habits, noon, channel=Channel.PUSH) == noon


def test_never_is_never_by_mail():
    never = Habits(rhythm=Rhythm.NEVER, urgent_passes=True)
    now = local("UTC", 2026, 5, 1)
    assert send(never, now, urgent=True) is None
    assert send(never, now, channel=Channel.PUSH) == now


def test_retries_end():
    now = local("UTC", 2026, 5, 1)
    assert retry_time(attempts=1, now=now) == now + timedelta(minutes=1)
    assert retry_time(attempts=len(RETRY_AFTER), now=now) == now + timedelta(hours=6)
    assert retry_time(attempts=len(RETRY_AFTER) + 1, now=now) is None
