"""A unit's recent violence as one row of figures: its level, its trend, how often it flares up."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forewarn.contracts.panels import Floats
from forewarn.features.trailing import carried_forward, trailing_mean

LOG_WINDOWS = (1, 3, 6, 12, 24, 60)
LEVEL_WINDOWS = (3, 6, 12, 24, 60)
SHARE_WINDOWS = (12, 24, 60)
COLUMNS = (
    *(f"mean_log_{window}" for window in LOG_WINDOWS),
    *(f"log_mean_{window}" for window in LEVEL_WINDOWS),
    *(f"share_{window}" for window in SHARE_WINDOWS),
)
_DECIMALS = 6  # the last bits of a processor's arithmetic must not decide which neighbour is nearest


@dataclass(frozen=True)
class ConflictHistory:
    """Features of every unit in every month, from that month and earlier ones only.

    Attributes:
        table: shape (units, months, columns): means of log(1 + deaths), logs of 1 + mean deaths, and shares
            of months with deaths, over windows of the lengths in the columns' names.
        level: shape (units, months): deaths a month lately, the mean of the 3- and 12-month means.
        quiet: shape (units, months): no death in the last 60 months.
    """

    table: Floats
    level: Floats
    quiet: npt.NDArray[np.bool_]

    def columns(self, *names: str) -> Floats:
        """The named columns, shape (units, months, names)."""
        return self.table[..., [COLUMNS.index(name) for name in names]]


def conflict_history(values: Floats) -> ConflictHistory:
    """Features of a panel's values, shape (units, months), NaN where not observed.

    A month not observed is taken to be as the last observed one was, so that silence is not read as peace.
    """
    values = carried_forward(values)
    logs = np.log1p(values)
    violent = np.where(np.isnan(values), np.nan, values > 0)
    means = {window: trailing_mean(values, window) for window in LEVEL_WINDOWS}
    columns = [
        *(trailing_mean(logs, window) for window in LOG_WINDOWS),
        *(np.log1p(means[window]) for window in LEVEL_WINDOWS),
        *(trailing_mean(violent, window) for window in SHARE_WINDOWS),
    ]
    level = (means[3] + means[12]) / 2
    return ConflictHistory(np.round(np.stack(columns, axis=-1), _DECIMALS), level, means[60] == 0)
