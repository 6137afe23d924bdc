"""A fatal event as the store keeps it: the columns of the UCDP GED download, typed."""

from types import MappingProxyType

import pyarrow as pa

# Ordered as the download is. `year` is absent: the store is partitioned by the year of `date_start`.
EVENT_FIELDS: tuple[tuple[str, pa.DataType], ...] = (
    ("id", pa.int64()),
    ("relid", pa.string()),
    ("active_year", pa.bool_()),
    ("code_status", pa.string()),
    ("type_of_violence", pa.int8()),
    ("conflict_dset_id", pa.string()),
    ("conflict_new_id", pa.int64()),
    ("conflict_name", pa.string()),
    ("dyad_dset_id", pa.string()),
    ("dyad_new_id", pa.int64()),
    ("dyad_name", pa.string()),
    ("side_a_dset_id", pa.string()),
    ("side_a_new_id", pa.int64()),
    ("side_a", pa.string()),
    ("side_b_dset_id", pa.string()),
    ("side_b_new_id", pa.int64()),
    ("side_b", pa.string()),
    ("number_of_sources", pa.int32()),
    ("source_article", pa.string()),
    ("source_office", pa.string()),
    ("source_date", pa.string()),
    ("source_headline", pa.string()),
    ("source_original", pa.string()),
    ("where_prec", pa.int8()),
    ("where_coordinates", pa.string()),
    ("where_description", pa.string()),
    ("adm_1", pa.string()),
    ("adm_2", pa.string()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("geom_wkt", pa.string()),
    ("priogrid_gid", pa.int32()),
    ("country", pa.string()),
    ("country_id", pa.int32()),
    ("region", pa.string()),
    ("event_clarity", pa.int8()),
    ("date_prec", pa.int8()),
    ("date_start", pa.date32()),
    ("date_end", pa.date32()),
    ("deaths_a", pa.int64()),
    ("deaths_b", pa.int64()),
    ("deaths_civilians", pa.int64()),
    ("deaths_unknown", pa.int64()),
    ("best", pa.int64()),
    ("high", pa.int64()),
    ("low", pa.int64()),
    ("gwnoa", pa.string()),
    ("gwnob", pa.string()),
)

# Which outcome an event of a UCDP type counts for.
TYPES_OF_VIOLENCE = MappingProxyType({1: "state_based", 2: "non_state", 3: "one_sided"})
OUTCOMES = ("state_based", "non_state", "one_sided", "all")

# where_prec: 1 exact, 2 within 25 km, 3 second-level region, 4 first-level region, 5 a line or a fuzzy area,
# 6 the country, 7 international waters or airspace.
CELL_PRECISION = 3
REGION_PRECISION = 5
