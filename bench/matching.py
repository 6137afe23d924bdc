"""500 needs against 100,000 roster entries of one keeper: looked up by skills, then ranked exactly.

Held against the same look-up without row security, on the owner's connection; and, so that one sees what an
answer costs at all, against plain arrays that score every entry. All three must find the same.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rtopnet.config.embedded_postgres import OWNER, RESTRICTED, embedded_postgres

COUNT = int(os.environ.get("BENCH_COUNT", "100000"))
MOST, ROUND, GOAL = 20, 50, 1.5


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {"RTOPNET_DATA": folder, "DJANGO_SETTINGS_MODULE": "rtopnet.config.settings.local"}
        with embedded_postgres(Path(folder)) as server:
            server.prepare()
            os.environ["DATABASE_URL"] = server.url(user=RESTRICTED)
            os.environ["DATABASE_OWNER_URL"] = server.url(user=OWNER)
            compare(*fill(server))


def fill(server):
    import django

    django.setup()
    from rivals.many_entries import made_up_entries, write_entries
    from rivals.many_records import Network

    from rtopnet.config.installation import migrate

    began = time.monotonic()
    migrate()
    network, entries = Network(), list(made_up_entries(COUNT))
    write_entries(network, entries, server=server)
    print(f"{COUNT:,} entries written in {time.monotonic() - began:.0f} s", flush=True)
    return network.desks[network.states[0]], entries


def compare(keeper, entries):
    from django.db import connections
    from rivals.many_entries import CLEARANCES, LANGUAGES, made_up_needs
    from rivals.plain_matching import PlainMatching

    needs = list(made_up_needs())
    plain = PlainMatching(entries, LANGUAGES, CLEARANCES)
    ways = {
        "with row security": lambda need: fenced(keeper, need),
        "without": WithoutRowSecurity().best,
        "plain arrays": lambda need: plain.best(need, MOST),
    }
    taken = dict.fromkeys(ways, 0.0)
    # In turns, so that all see the same machine.
    for start in range(0, len(needs), ROUND):
        found = {}
        for name, best in ways.items():
            began = time.perf_counter()
            found[name] = [best(need) for need in needs[start : start + ROUND]]
            taken[name] += time.perf_counter() - began
        expect_the_same(found)
    for name, seconds in taken.items():
        print(f"{len(needs)} needs, {name}: {seconds:.1f} s, {seconds / len(needs) * 1000:.1f} ms a need")
    print(f"against plain arrays in memory: {taken['with row security'] / taken['plain arrays']:.1f}")
    print(f"bench matching {taken['with row security'] / taken['without']:.2f} goal {GOAL}")
    connections.close_all()


def fenced(keeper, need):
    from rtopnet.assistance.queries.matching import fits_for
    from rtopnet.kernel.acting import acting_as

    with acting_as(keeper):
        return ordered(fits_for(need, marks={}, most=MOST))


def ordered(fits):
    return [(-round(one.score, 6), str(one.candidate)) for one in fits]


def expect_the_same(found):
    first, *others = found.values()
    for other in others:
        for mine, theirs in zip(first, other, strict=True):
            if [one for _, one in mine] != [one for _, one in theirs]:
                raise SystemExit(f"bench: two ways found different entries: {mine} and {theirs}")


class WithoutRowSecurity:
    """The same look-up on the owner's connection, with nobody's ownership asked for."""

    def __init__(self) -> None:
        from django.db import connections

        self.connection = connections["owner"]
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef('assistance_candidates'::regproc)")
            text = cursor.fetchone()[0]
            open_to_all = text.replace("assistance_candidates(", "bench_candidates(").replace(
                "AND e.owner = ANY($1)", "AND $1 IS NOT NULL"
            )
            cursor.execute(open_to_all.replace("SECURITY DEFINER", ""))

    def best(self, need):
        from django.db import transaction

        from rtopnet.assistance.queries import matching
        from rtopnet.assistance.rules.fit import best_of

        look_up = matching.LOOK_UP.replace("assistance_", "bench_")
        with transaction.atomic(using="owner"), self.connection.cursor() as cursor:
            return ordered(best_of(need, matching.pages(cursor, look_up, need, {}), MOST))


if __name__ == "__main__":
    main()
