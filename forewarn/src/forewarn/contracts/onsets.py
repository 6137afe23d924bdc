"""What a model of the onset of mass killing is given: countries, year by year, as known at a year's end."""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

import numpy as np

from forewarn.contracts.panels import Floats
from forewarn.contracts.regions import Bools

YEARS_AHEAD = 2
"""What is learned: an onset in either of the so many years after the row's own."""


@dataclass(frozen=True)
class CountryYears:
    """A table of country-years, sorted by year and country.

    Attributes:
        country: names or codes, shape (rows,); one row a country and year.
        year: shape (rows,).
        predictors: shape (rows, columns), NaN where blank.
        columns: the predictors' names.
        onset: 1 where a mass killing began in the year, 0 where none did, NaN where not known.
        onset_ahead: the same of the next two years together.
    """

    country: tuple[str, ...]
    year: Floats
    predictors: Floats
    columns: tuple[str, ...]
    onset: Floats
    onset_ahead: Floats

    @property
    def complete(self) -> Bools:
        """Rows without a blank predictor."""
        return np.asarray(~np.isnan(self.predictors).any(axis=1))

    def rows(self, chosen: Bools) -> "CountryYears":
        """The chosen rows alone."""
        return replace(
            self,
            country=tuple(np.array(self.country, dtype=object)[chosen].tolist()),
            year=self.year[chosen],
            predictors=self.predictors[chosen],
            onset=self.onset[chosen],
            onset_ahead=self.onset_ahead[chosen],
        )

    def as_known_at_the_end_of(self, year: int) -> "CountryYears":
        """Rows up to ``year``; what lies ahead of a row is known once its two years have passed."""
        past = self.rows(self.year <= year)
        passed = past.year + YEARS_AHEAD <= year
        return replace(past, onset_ahead=np.where(passed, past.onset_ahead, np.nan))


class OnsetModel(Protocol):
    """What a model of onset offers.

    Attributes:
        name: what ``--model`` takes.
    """

    name: ClassVar[str]

    def risk(self, known: CountryYears) -> Floats:
        """Probability of an onset in any one year of the two after the newest rows' year.

        Args:
            known: what was known at the end of its last year.

        Returns:
            One for each row of the last year, in their order.
        """
        ...
