"""Generates downloads like those of UCDP GED, of any size, from a seed; every land in them is invented."""

from pathlib import Path

import duckdb

_LANDS = 120
_REGIONS = ["Africa", "Americas", "Asia", "Europe", "Middle East"]

# Each figure of an event is drawn from a hash of its number and the seed, so that rows are independent of
# the order and the number of threads they are made in.
_DRAWN = """
  SELECT i, h2, h3, h4,
    1 + (h1 % 3)::INT AS kind,
    (power((h1 // 7 % 100000) / 100000.0, 2) * {lands})::INT AS land,
    DATE '1989-01-01' + (h2 % 12783)::INT AS starts,
    CASE WHEN h2 // 12783 % 25 = 0 THEN (h2 // 400000 % 45)::INT ELSE 0 END AS days,
    (1 + power((h3 % 100000) / 100000.0, 8) * 200)::INT AS deaths,
    (-60 + (h3 // 100000 % 12000) / 100.0) AS lat,
    (-170 + (h3 // 1200000000 % 34000) / 100.0) AS lon,
    1 + (h4 % 6)::INT AS where_prec,
    (h4 // 6 % 400)::INT AS troop,
    (h4 // 2400 % 14)::INT AS adm
  FROM (
    SELECT i,
      hash(i, {seed}, 1) AS h1, hash(i, {seed}, 2) AS h2, hash(i, {seed}, 3) AS h3, hash(i, {seed}, 4) AS h4
    FROM range({rows}) t(i)
  )
"""

_COLUMNS = """
  i + 1 AS id,
  format('X{{}}-{{}}-{{}}-{{}}-{{}}', land, year(starts), kind, troop, i % 1000) AS relid,
  year(starts) AS year,
  CASE WHEN i % 9 = 0 THEN 'False' ELSE 'True' END AS active_year,
  CASE WHEN i % 50 = 0 THEN 'Check deaths' ELSE 'Clear' END AS code_status,
  kind AS type_of_violence,
  troop + 100 AS conflict_dset_id,
  troop + 500 AS conflict_new_id,
  format('Government of Land {{}} - Front {{}}', land, troop) AS conflict_name,
  troop + 900 AS dyad_dset_id,
  troop + 900 AS dyad_new_id,
  format('Government of Land {{}} - Front {{}}', land, troop) AS dyad_name,
  land + 1 AS side_a_dset_id,
  land + 1 AS side_a_new_id,
  format('Government of Land {{}}', land) AS side_a,
  troop + 2000 AS side_b_dset_id,
  troop + 2000 AS side_b_new_id,
  format('Front {{}}', troop) AS side_b,
  CASE WHEN year(starts) < 2013 THEN -1 ELSE (i % 6)::INT END AS number_of_sources,
  format('"Land {{}} Wire,{{}},Clashes reported near Place {{}}, ""many"" feared dead{{}}"',
    land, starts, i % 5000,
    CASE WHEN i % 25 = 0 THEN chr(10) || 'second source' ELSE '' END) AS source_article,
  format('Land {{}} Wire', land) AS source_office,
  starts AS source_date,
  format('Clashes reported near Place {{}}', i % 5000) AS source_headline,
  CASE WHEN i % 3 = 0 THEN 'police spokesman' END AS source_original,
  where_prec,
  format('Place {{}}', i % 5000) AS where_coordinates,
  format('Place {{}} (District {{}}, Region {{}})', i % 5000, adm * 7, adm) AS where_description,
  CASE WHEN where_prec < 6 THEN format('Region {{}} state', adm) END AS adm_1,
  CASE WHEN where_prec < 4 THEN format('District {{}}', adm * 7) END AS adm_2,
  lat AS latitude,
  lon AS longitude,
  format('POINT ({{}} {{}})', lon, lat) AS geom_wkt,
  ((lat + 90) * 2 // 1)::INT * 720 + ((lon + 180) * 2 // 1)::INT + 1 AS priogrid_gid,
  format('Land {{}}', land) AS country,
  1001 + land AS country_id,
  {regions}[1 + land % 5] AS region,
  1 + (i % 5 = 0)::INT AS event_clarity,
  CASE days WHEN 0 THEN 1 ELSE 4 END AS date_prec,
  strftime(starts, '%Y-%m-%d 00:00:00.000') AS date_start,
  strftime(starts + days, '%Y-%m-%d 00:00:00.000') AS date_end,
  deaths // 3 AS deaths_a,
  deaths // 5 AS deaths_b,
  deaths - deaths // 3 - deaths // 5 AS deaths_civilians,
  0 AS deaths_unknown,
  deaths AS best,
  deaths + (i % 4)::INT AS high,
  CASE WHEN i % 300 = 0 THEN deaths + 1 ELSE deaths // 2 END AS low,
  CASE WHEN kind = 2 THEN NULL ELSE land + 1 END AS gwnoa,
  NULL::INT AS gwnob
"""


def write_events(path: Path, *, rows: int, seed: int) -> None:
    """Write ``rows`` invented events, all 49 columns, to ``path``; same arguments, same bytes."""
    made = f"SELECT {_COLUMNS} FROM ({_DRAWN}) ORDER BY i"  # noqa: S608 -- our own text and numbers
    query = made.format(rows=rows, seed=seed, lands=_LANDS, regions=_REGIONS)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"COPY ({query}) TO '{path}' (HEADER, DELIMITER ',')")
