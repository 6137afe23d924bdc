"""What the months up to a month say, month by month; nothing here looks ahead."""

import numpy as np

from forewarn.contracts.panels import Floats


def trailing_sum(values: Floats, window: int) -> Floats:
    """Sum over the last ``window`` months up to and including each; months not observed add nothing.

    Args:
        values: shape (units, months); NaN where not observed.
        window: length in months; at the start of the panel shorter.

    >>> trailing_sum(np.array([[1.0, 2.0, np.nan, 4.0]]), 2).tolist()
    [[1.0, 3.0, 2.0, 4.0]]
    """
    total = np.cumsum(np.nan_to_num(values), axis=1)
    total = np.concatenate([np.zeros((len(values), 1)), total], axis=1)
    until = np.arange(values.shape[1])
    return np.asarray(total[:, until + 1] - total[:, np.maximum(until + 1 - window, 0)])


def trailing_mean(values: Floats, window: int) -> Floats:
    """Mean over the observed of the last ``window`` months; 0 where none of them was observed.

    >>> trailing_mean(np.array([[1.0, 3.0, np.nan, 5.0]]), 2).tolist()
    [[1.0, 2.0, 3.0, 5.0]]
    """
    observed = trailing_sum((~np.isnan(values)).astype(float), window)
    return np.asarray(trailing_sum(values, window) / np.maximum(observed, 1))


def decayed(values: Floats, half_life: float) -> Floats:
    """Mean of all months up to and including each, one ``half_life`` months older counting half.

    The weights sum to 1 over an endless past; what lies before the panel counts as zero.

    >>> decayed(np.array([[4.0, 0.0, 0.0]]), 1).tolist()
    [[2.0, 1.0, 0.5]]
    """
    kept = 0.5 ** (1 / half_life)
    added = (1 - kept) * np.nan_to_num(values)
    means = np.zeros(values.shape)
    mean = np.zeros(len(values))
    for month in range(values.shape[1]):
        mean = kept * mean + added[:, month]
        means[:, month] = mean
    return means


def months_since(happened: Floats, *, cap: int) -> Floats:
    """Months since the last month in which something happened (0: this one), at most ``cap``.

    >>> months_since(np.array([[0.0, 1.0, 0.0, 0.0]]), cap=9).tolist()
    [[9.0, 0.0, 1.0, 2.0]]
    """
    month = np.arange(happened.shape[1])
    last = np.maximum.accumulate(np.where(np.nan_to_num(happened) > 0, month, -cap - 1), axis=1)
    return np.minimum(month - last, cap).astype(float)


def carried_forward(values: Floats) -> Floats:
    """Months not observed take the last observed month's value; NaN remains before the first.

    >>> carried_forward(np.array([[np.nan, 3.0, np.nan, np.nan]])).tolist()
    [[nan, 3.0, 3.0, 3.0]]
    """
    month = np.arange(values.shape[1])
    last = np.maximum.accumulate(np.where(np.isnan(values), 0, month), axis=1)
    return np.take_along_axis(values, last, axis=1)
