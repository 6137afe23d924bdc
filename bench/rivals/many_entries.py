"""100,000 roster entries of one state, as an exercise would have them, written past the triggers."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from rtopnet.assistance.lists import skills
from rtopnet.assistance.rules.fit import Candidate, Held, Wanted

ENTRIES, NEEDS, BATCH = 100_000, 500, 5_000
FIRST = date(2026, 1, 1)
LANGUAGES = ("en", "fr", "pt-TL", "id", "km", "lo", "th", "my")
CLEARANCES = ("Security clearance", "Driving licence", "Medical fitness")
FOREVER = datetime(9000, 1, 1, tzinfo=UTC)
DECIDING = "owner, desk, readers, open_from, open_to"
RECORD = (
    "id, region_id, owner_state_id, kind, marking, chatham_house, open_to_contributors, existence_only, "
    f"oldest_version, drafted_by_id, drafted_at, {DECIDING}"
)
ENTRY = (
    "id, record_id, aid, post_title, person, skills, levels, skills_until, languages, experience_years, "
    f"number, periods, first_day, last_day, clearances, {DECIDING}"
)


def made_up_entries(count=ENTRIES, seed=1):
    """Candidates with two to six skills, one to three languages and one stretch of time."""
    draws = random.Random(seed)  # noqa: S311 -- made-up entries
    codes = sorted(skills())
    for _ in range(count):
        first = FIRST + timedelta(days=draws.randrange(365))
        held = draws.sample(codes, draws.randint(2, 6))
        yield Candidate(
            id=UUID(int=draws.getrandbits(128), version=4),
            skills={code: Held(draws.randint(1, 3)) for code in sorted(held)},
            languages=frozenset(draws.sample(LANGUAGES, draws.randint(1, 3))),
            periods=((first, first + timedelta(days=draws.randint(30, 300))),),
            clearances={
                name: FIRST + timedelta(days=draws.randrange(900))
                for name in draws.sample(CLEARANCES, draws.randint(0, 2))
            },
        )


def made_up_needs(count=NEEDS, seed=2):
    """Needs of two to four skills, in the same year."""
    draws = random.Random(seed)  # noqa: S311 -- made-up needs
    codes = sorted(skills())
    for _ in range(count):
        first = FIRST + timedelta(days=draws.randrange(300))
        yield Wanted(
            starts_on=first,
            ends_on=first + timedelta(days=draws.randint(20, 120)),
            skills=frozenset(draws.sample(codes, draws.randint(2, 4))),
            languages=frozenset(draws.sample(LANGUAGES, draws.randint(1, 2))),
            level=draws.randint(1, 3),
            clearances=frozenset(draws.sample(CLEARANCES, draws.randint(0, 1))),
        )


def write_entries(network, entries, *, server):
    """Fill the tables of records and of entries for the network's first state."""
    import psycopg

    state = network.states[0]
    now = datetime.now(UTC)
    deciding = (state, state, [], None, FOREVER)
    with psycopg.connect(server.url(user="postgres"), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            with connection.cursor().copy(f"COPY sharing_record ({RECORD}) FROM STDIN") as copy:
                for one in batch:
                    copy.write_row(
                        (
                            *(one.id, network.region.pk, state, "roster_entry", 0, False, False, False, 1),
                            network.desks[state],
                            now,
                            *deciding,
                        )
                    )
            with connection.cursor().copy(f"COPY assistance_entry ({ENTRY}) FROM STDIN") as copy:
                for one in batch:
                    copy.write_row(entry_row(one, deciding))
        connection.execute("VACUUM ANALYZE")


def record_row(network, state, record, now, deciding):
    return (
        *(record, network.region.pk, state, "roster_entry", 0, False, False, False, 1),
        *(network.desks[state], now, *deciding),
    )


def entry_row(one, deciding):
    first, last = one.periods[0]
    clearances = [{"name": name, "until": until.isoformat()} for name, until in one.clearances.items()]
    return (
        *(uuid4(), one.id, "experts", "Post", "", list(one.skills)),
        *([held.level for held in one.skills.values()], [None] * len(one.skills)),
        *(sorted(one.languages), 5, 1, json.dumps([[first.isoformat(), last.isoformat()]])),
        *(first, last, json.dumps(clearances), *deciding),
    )
