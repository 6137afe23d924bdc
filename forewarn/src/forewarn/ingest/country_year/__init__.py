"""Country-year tables with predictors and onsets of mass killing, in the Early Warning Project's columns."""

from forewarn.ingest.country_year.reader import read_country_years

__all__ = ["read_country_years"]
