"""Country-month tables: ``iso3, month, deaths``, from whoever publishes them."""

from forewarn.ingest.country_month.reader import read_country_month
from forewarn.ingest.country_month.source import SOURCE

__all__ = ["SOURCE", "read_country_month"]
