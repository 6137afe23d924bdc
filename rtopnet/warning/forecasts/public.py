"""The door of the outlook's room."""

from rtopnet.warning.forecasts.forewarn_adapter import NothingToForecastError, newest_month
from rtopnet.warning.forecasts.queries import newest_run, region_outlook, state_page
from rtopnet.warning.forecasts.rules import (
    Outcome,
    RegionOutlook,
    StateOutlook,
    StatePage,
)
from rtopnet.warning.forecasts.services import read_starter_figures, run_outlook, store_of

__all__ = [
    "NothingToForecastError",
    "Outcome",
    "RegionOutlook",
    "StateOutlook",
    "StatePage",
    "newest_month",
    "newest_run",
    "read_starter_figures",
    "region_outlook",
    "run_outlook",
    "state_page",
    "store_of",
]
