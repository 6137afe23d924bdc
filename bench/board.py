"""The home page and the board of assistance for a focal point with 10,000 open and closed items.

Held against the same pages for a focal point of the same network who has none.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import records
from records import link_for, measure, running, sign_in

from rtopnet.config.embedded_postgres import OWNER, RESTRICTED, embedded_postgres

EACH = int(os.environ.get("BENCH_COUNT", "1250"))
"""Nine records for each: two requests, two offers, two deployments with four appraisals, an entry, nearly."""
READERS, PAUSE, GOAL, GOAL_P95 = 10, 2.0, 1.5, 200


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {"RTOPNET_DATA": folder, "DJANGO_SETTINGS_MODULE": "rtopnet.config.settings.local"}
        with embedded_postgres(Path(folder)) as server:
            server.prepare()
            os.environ["DATABASE_URL"] = server.url(user=RESTRICTED)
            os.environ["DATABASE_OWNER_URL"] = server.url(user=OWNER)
            over_http(folder, *fill(server))


def fill(server):
    import django

    django.setup()
    from rivals.many_items import Items
    from rivals.many_records import Network

    from rtopnet.config.installation import migrate

    began = time.monotonic()
    migrate()
    network = Network()
    items = Items(network)
    items.fill(EACH)
    items.write(server)
    count = len(items.rows["sharing_record"])
    print(f"{count:,} items written in {time.monotonic() - began:.0f} s", flush=True)
    return network.desks[network.states[0]], network.desks[network.states[5]]


def over_http(folder, busy, idle):
    records.READERS = READERS
    links = {"10,000 items": link_for(busy), "none": link_for(idle)}
    taken = {}
    with running(folder):
        cookies = {name: sign_in(link) for name, link in links.items()}
        for name, cookie in cookies.items():
            taken[name] = measure(["/", "/assistance/"], cookie, PAUSE)
    for name, times in taken.items():
        p95 = times[int(0.95 * len(times))] * 1000
        print(f"home and board, {name}: median {median(times) * 1000:.0f} ms, p95 {p95:.0f} ms")
    times = taken["10,000 items"]
    print(f"bench board {median(times) / median(taken['none']):.2f} goal {GOAL}")
    print(f"bench board-p95 {times[int(0.95 * len(times))] * 1000:.0f} goal {GOAL_P95}")


if __name__ == "__main__":
    main()
