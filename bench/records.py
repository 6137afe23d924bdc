"""The list of records and search as one state, over 200,000 records of 12 states on the embedded server.

Each is held against the same query without row security: on the owner's connection, which no policy binds,
with the reading rule written into the query by hand and the reader's principals known beforehand.
"""

import os
import re
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from home import BIN, PORT, PROJECT, sign_in

from rtopnet.config.embedded_postgres import OWNER, RESTRICTED, embedded_postgres

ROUNDS, READERS, SECONDS, PAUSE = 150, 50, 12, 2.0
QUERIES = (
    *("ferryman", "checkpoint", "village", "village checkpoint", "checkp", "vil", "nowhere"),
    *("ព្រំដែន", "หมู่บ้าน", "ပြည်သူ", "bien gioi"),
)
"""Rare, fairly frequent, in every third record, two words, beginnings, absent; and other scripts."""
COUNT = {"count": int(os.environ["BENCH_COUNT"])} if "BENCH_COUNT" in os.environ else {}
GOAL, GOAL_P95 = 1.5, 100


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {"RTOPNET_DATA": folder, "DJANGO_SETTINGS_MODULE": "rtopnet.config.settings.local"}
        with embedded_postgres(Path(folder)) as server:
            server.prepare()
            os.environ["DATABASE_URL"] = server.url(user=RESTRICTED)
            os.environ["DATABASE_OWNER_URL"] = server.url(user=OWNER)
            reader = fill(server)
            in_the_database(reader)
            over_http(folder, reader)


def fill(server):
    import django

    django.setup()
    from rivals.many_records import Network, check, write_records

    from rtopnet.config.installation import migrate

    began = time.monotonic()
    migrate()
    network = Network()
    write_records(network, server=server, **COUNT)
    check()
    reader = network.desks[network.states[0]]
    print(f"200,000 records written in {time.monotonic() - began:.0f} s", flush=True)
    return reader


def in_the_database(reader):
    from django.db import connections

    from rtopnet.kernel.acting import acting_as
    from rtopnet.sharing.queries import acting_principals

    with acting_as(reader):
        mine = sorted(acting_principals())
    without = WithoutRowSecurity(mine)
    compare("records-list", {"newest 50": (lambda: listed(reader), without.listed)})
    asked = {query: (finder(reader, query), without.finder(query)) for query in QUERIES}
    compare("search", asked)
    connections.close_all()


def listed(reader):
    from rtopnet.kernel.acting import acting_as
    from rtopnet.sharing.public import records_in_sight

    with acting_as(reader):
        return len(records_in_sight(limit=50).records)


def finder(reader, query):
    from rtopnet.kernel.acting import acting_as
    from rtopnet.sharing.public import Asked, records_found

    def find() -> int:
        with acting_as(reader):
            return records_found(Asked(query)).count

    return find


class WithoutRowSecurity:
    """The same two queries on the owner's connection, with the rule in the query."""

    def __init__(self, mine) -> None:
        from django.db import connections

        self.mine, self.connection = mine, connections["owner"]
        literal = "'{" + ",".join(map(str, mine)) + "}'::uuid[]"
        self.rule = (
            f"(owner = ANY({literal}) OR readers && {literal} AND statement_timestamp() >= open_from "
            "AND statement_timestamp() < open_to)"
        )
        with self.connection.cursor() as cursor:
            cursor.execute("CREATE INDEX ON sharing_searchentry USING gin (words)")
            cursor.execute("CREATE INDEX ON sharing_searchentry USING gin (tokens)")
            cursor.execute("ANALYZE sharing_searchentry")
            cursor.execute(self._plain_search())

    def listed(self):
        from django.db import transaction
        from django.db.models import OuterRef, Subquery
        from django.db.models.expressions import RawSQL

        from rtopnet.sharing.models import Record, RecordText

        newest = RecordText.objects.filter(record=OuterRef("pk")).order_by("-version").values("title")[:1]
        rule = self.rule.replace("owner =", "sharing_record.owner =")
        with transaction.atomic(using="owner"):
            rows = Record.objects.using("owner").annotate(
                title=Subquery(newest),
                may=RawSQL(rule, []),  # noqa: S611 -- our own text
            )
            return len(list(rows.filter(may=True).order_by("-drafted_at", "-pk")[:51])) - 1

    def finder(self, query):
        from django.db import transaction

        from rtopnet.sharing.queries import search
        from rtopnet.sharing.wording import wanted

        wish = wanted(query)
        page, order = search._PAGE, search._ORDERS["relevance"]  # noqa: SLF001 -- the very same text
        text = page.replace("sharing_search(", "bench_search(").format(order=order)
        given = [list(wish.exact), list(wish.beginnings), list(wish.words), search.MOST_FINDS]

        def find() -> int:
            with transaction.atomic(using="owner"), self.connection.cursor() as cursor:
                cursor.execute(text, [*given, *[None] * 5, search.FINDS_ON_A_PAGE + 1, 0])
                rows = cursor.fetchall()
            hits = [row for row in rows if row[0] is not None]
            _, count = search._facets(row for row in rows if row[0] is None)  # noqa: SLF001 -- as above
            self._read(hits[: search.FINDS_ON_A_PAGE], wish)
            return count

        return find

    def _read(self, hits, wish) -> None:
        from rtopnet.sharing.excerpts import excerpt, marked
        from rtopnet.sharing.models import SearchEntry

        entries = SearchEntry.objects.using("owner").filter(pk__in=[hit[1] for hit in hits])
        for entry in entries.only("id", "source", "title", "text"):
            marked(entry.title, wish)
            excerpt(entry.text, wish)

    def _plain_search(self) -> str:
        # Where nothing is fenced off, words are simply looked up, and the newest of all finds are taken.
        return f"""
CREATE FUNCTION bench_search(p_exact text[], p_beginnings text[], p_words text[], p_most integer,
    p_kind text, p_owner uuid, p_marking integer, p_year integer, p_language text)
RETURNS TABLE (record uuid, entry uuid, weight real, at timestamptz, kind varchar, owner_body uuid,
    marking smallint, language varchar) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    weighed tsquery := replace(sharing_asked('', p_words, p_beginnings)::text, '&', '|')::tsquery;
    begun tsquery := sharing_asked('', '{{}}', p_beginnings);
BEGIN
    RETURN QUERY SELECT e.record_id, e.id, ts_rank(e.words, weighed), coalesce(r.open_from, r.drafted_at),
        r.kind, r.desk, least(r.marking, e.marking), e.language
    FROM (SELECT * FROM sharing_searchentry WHERE tokens @> p_exact
          AND (begun IS NULL OR words @@ begun) AND {self.rule}) e
    JOIN sharing_record r ON r.id = e.record_id
    ORDER BY 4 DESC, e.id LIMIT p_most;
END $$"""  # noqa: S608 -- our own text


def compare(name, pairs):
    """Rows a second of both, in turns so that both see the same machine; the ratio is of their times."""
    ours = theirs = rows = 0
    for what, (fenced, open_to_all) in pairs.items():
        found = fenced()
        open_to_all()
        taken = [(timed(fenced), timed(open_to_all)) for _ in range(ROUNDS)]
        mine, other = (median(times) for times in zip(*taken, strict=True))
        print(f"{name}: {what}: {found} rows, {mine * 1000:.2f} ms; without {other * 1000:.2f} ms")
        ours, theirs, rows = ours + mine, theirs + other, rows + found
    print(f"{name}: {rows / ours:,.0f} rows a second; without row security {rows / theirs:,.0f}")
    print(f"bench {name} {ours / theirs:.2f} goal {GOAL}")


def timed(run):
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def link_for(reader):
    from rtopnet.kernel.acting import Capacity, acting_for
    from rtopnet.network.models import Account
    from rtopnet.network.services import give_sign_in_link

    with acting_for(Capacity.INSTALLATION):
        return f"/sign-in/{give_sign_in_link(account=Account.objects.get(pk=reader))}/"


def over_http(folder, reader):
    pages = {
        "records-list": ["/records/?show=shared", "/records/?show=own"],
        "search": [f"/records/search/?q={quote(query)}" for query in QUERIES],
    }
    with running(folder):
        cookie = sign_in(link_for(reader))
        for name, addresses in pages.items():
            for pause in (PAUSE, 0):
                taken = measure(addresses, cookie, pause)
                p95 = taken[int(0.95 * len(taken))] * 1000
                how = f"each opens a page every {pause:.0f} s" if pause else "none waits between pages"
                print(
                    f"{name} page, {READERS} parallel readers, {how}: median {median(taken) * 1000:.0f} ms, "
                    f"p95 {p95:.0f} ms, {len(taken) / SECONDS:.0f} a second"
                )
                print(f"bench {name}-p95{'' if pause else '-without-pause'} {p95:.0f} goal {GOAL_P95}")


@contextmanager
def running(folder):
    import signal
    import subprocess

    process = subprocess.Popen(
        [BIN / "rtopnet", "run", "--port", str(PORT)],
        env=os.environ | {"RTOPNET_DATA": folder},
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stdout:
            if "Ctrl-C stops it" in line:
                break
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def measure(addresses, cookie, pause):
    taken, end = [], time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=read, args=(addresses, number, cookie, end, pause, taken))
        for number in range(READERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(taken)


def read(addresses, number, cookie, end, pause, taken):
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    # Readers do not all begin at the same instant.
    time.sleep(pause * number / READERS)
    while time.monotonic() < end:
        began = time.perf_counter()
        connection.request("GET", addresses[number % len(addresses)], headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or not re.search(rb"</html>\s*$", body):
            raise SystemExit(f"bench: the page answered {answer.status}")
        spent = time.perf_counter() - began
        taken.append(spent)
        number += 1
        time.sleep(max(0, pause - spent))


if __name__ == "__main__":
    main()
