"""Country-month and region-month panels with lags and trailing sums, against the same in hand-written SQL.

Both read the same store of generated events and end with the same arrays; loading libraries is not counted.
"""

import argparse
import tempfile
from pathlib import Path

from rivals.children import Task, generate, report, rivals

GOAL = 1.5

FILL = """
import sys
from pathlib import Path
from forewarn.ingest.registry import sources
from forewarn.pipelines.ingestion import ingest_files
ingest_files(sources()["ucdp-ged"], [Path({file!r})], store=Path({store!r}), settings={{}})
"""

OURS_BEFORE = """
from pathlib import Path
import numpy as np
from forewarn.engines import get_ready
from forewarn.features.trailing import trailing_sum
from forewarn.panel import country_month_panel, region_month_panel
get_ready()
"""

OURS = """
store = Path({store!r})
panels = [country_month_panel(store, outcome="all"), region_month_panel(store, country=None, outcome="all")]
checks = []
for panel in panels:
    lagged = panel.values[:, :-1]
    features = [lagged, *(trailing_sum(panel.values, window) for window in (3, 12, 24))]
    checks.append([len(panel.units), *(float(np.nansum(feature)) for feature in features)])
Path({out!r}).write_text(repr(checks))
"""

THEIRS_BEFORE = """
from pathlib import Path
import duckdb
import numpy as np
"""

THEIRS = '''
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
SQL = """
WITH event AS (
  SELECT id, best, adm_1, country_id, where_prec, date_start AS s, date_end AS e,
    year(date_start) * 12 + month(date_start) - 1 AS first, year(date_end) * 12 + month(date_end) - 1 AS last
  FROM read_parquet('{store}/events/**/*.parquet', hive_partitioning = false)
), placed AS (
  SELECT *, {unit} AS unit FROM event WHERE {known}
), part AS (
  SELECT *, date_diff('day', greatest(s, make_date(m // 12, m % 12 + 1, 1)),
      least(e, make_date((m + 1) // 12, (m + 1) % 12 + 1, 1) - 1)) + 1 AS days,
    date_diff('day', s, e) + 1 AS total
  FROM (SELECT *, unnest(range(first, last + 1)) AS m FROM placed WHERE first < last)
), share AS (
  SELECT unit, m, best * days // total AS base,
    best - sum(best * days // total) OVER (PARTITION BY id) AS over,
    row_number() OVER (PARTITION BY id ORDER BY best * days % total DESC, m) AS place
  FROM part
), monthly AS (
  SELECT unit, m, sum(deaths) AS deaths FROM (
    SELECT unit, first AS m, best AS deaths FROM placed WHERE first = last
    UNION ALL SELECT unit, m, base + (place <= over)::INT FROM share
  ) GROUP BY ALL
), span AS (
  SELECT min(first) AS low, max(last) AS high FROM event
), grid AS (
  SELECT unit, m, coalesce(deaths, 0)::DOUBLE AS deaths
  FROM (SELECT DISTINCT unit FROM placed) CROSS JOIN (SELECT unnest(range(low, high + 1)) AS m FROM span)
  LEFT JOIN monthly USING (unit, m)
)
SELECT unit, m, deaths, lag(deaths) OVER units AS lagged,
  sum(deaths) OVER (units ROWS 2 PRECEDING) AS sum_3, sum(deaths) OVER (units ROWS 11 PRECEDING) AS sum_12,
  sum(deaths) OVER (units ROWS 23 PRECEDING) AS sum_24
FROM grid WINDOW units AS (PARTITION BY unit ORDER BY m)
ORDER BY unit, m
"""
REGION = "'GW' || country_id || ':' || regexp_replace(adm_1, ' state$', '')"
checks = []
for unit, known in (("'GW' || country_id", "true"), (REGION, "where_prec <= 5 AND adm_1 IS NOT NULL")):
    found = connection.execute(SQL.replace("{{unit}}", unit).replace("{{known}}", known)).fetchnumpy()
    features = [found[name] for name in ("lagged", "sum_3", "sum_12", "sum_24")]
    checks.append([len(np.unique(found["unit"])), *(float(np.ma.filled(f, 0).sum()) for f in features)])
Path({out!r}).write_text(repr(checks))
'''


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=2_000_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        store, answers = str(folder / "store"), [folder / "ours.txt", folder / "theirs.txt"]
        file = folder / "GEDEvent_v24_1.csv"
        generate(file, rows=given.rows, seed=given.seed)
        rivals(1, Task(FILL.format(file=str(file), store=store)), Task(""), folder)
        ours = OURS.format(store=store, out=str(answers[0]))
        theirs = THEIRS.replace("{store}", store).replace("{out!r}", repr(str(answers[1])))
        theirs = theirs.replace("{{", "{").replace("}}", "}")
        measured = rivals(3, Task(ours, OURS_BEFORE), Task(theirs, THEIRS_BEFORE), folder)
        same = answers[0].read_text() == answers[1].read_text()
        print(f"panel: {given.rows} events; both give the same figures: {same}")
        if not same:
            raise SystemExit("panel: the two do not agree, so their times say nothing")
    report("panel", *measured, GOAL)


if __name__ == "__main__":
    main()
