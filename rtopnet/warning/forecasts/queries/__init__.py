"""What the outlook's pages show, as frozen values in the reader's language."""

from rtopnet.warning.forecasts.queries.explained import card_of_state
from rtopnet.warning.forecasts.queries.outlook import (
    MONTHS_IN_FILE,
    earlier_runs,
    newest_run,
    region_outlook,
    state_page,
)

__all__ = ["MONTHS_IN_FILE", "card_of_state", "earlier_runs", "newest_run", "region_outlook", "state_page"]
