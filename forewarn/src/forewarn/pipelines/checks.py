"""What every pipeline asks of its settings, with errors that name the setting."""

from collections.abc import Sequence

from forewarn.contracts.errors import NotEnoughHistoryError, UnusableInputError
from forewarn.contracts.forecasts import MAX_STEP
from forewarn.contracts.months import Month, format_month
from forewarn.contracts.panels import Panel


def checked_steps(steps: Sequence[int]) -> tuple[int, ...]:
    """Steps in ascending order, each once; refused unless all lie in 1 to 36."""
    ascending = tuple(sorted(set(steps)))
    if not ascending or ascending[0] < 1 or ascending[-1] > MAX_STEP:
        raise UnusableInputError(f"steps must lie between 1 and {MAX_STEP} months, got {_shown(ascending)}")
    return ascending


def checked_origins(origins: Sequence[Month]) -> tuple[Month, ...]:
    """Origins in ascending order, each once; refused where there is none."""
    if not origins:
        raise UnusableInputError("no origin given")
    return tuple(sorted(set(origins)))


def history_until(panel: Panel, origin: Month, *, draws: int) -> Panel:
    """The panel cut at the origin; refused where it ends earlier or begins later."""
    if draws < 1:
        raise UnusableInputError(f"draws must be at least 1, got {draws}")
    if not panel.start <= origin <= panel.end:
        raise NotEnoughHistoryError(
            f"origin {format_month(origin)} lies outside the data, "
            f"{format_month(panel.start)} to {format_month(panel.end)}"
        )
    return panel.until(origin)


def _shown(steps: tuple[int, ...]) -> str:
    return f"{steps[0]} to {steps[-1]}" if steps else "none"
