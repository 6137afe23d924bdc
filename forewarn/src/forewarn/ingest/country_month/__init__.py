"""Country-month tables: ``iso3, month, deaths``, from whoever publishes them."""

from forewarn.ingest.country_month.reader import read_country_month

__all__ = ["read_country_month"]
