"""Country-month tables as a source of the store."""

from collections.abc import Mapping
from pathlib import Path

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month
from forewarn.contracts.rejects import Rejects
from forewarn.contracts.store import Arrival, Holding, Option, Watch
from forewarn.ingest.country_month.reader import read_arrival


class CountryMonth:
    """See ``contracts.store.Source``."""

    name = "country-month"
    summary = "a table of deaths by country and month (columns iso3, month, deaths)"
    options = (
        Option("outcome", "what the table counts", choices=("state_based", "all"), required=True),
        Option("source", "who published the figures, and which version", required=True),
        Option("licence", "the licence the publisher states; by default 'not stated'"),
        Option("citation", "how the publisher wants to be cited; by default the source"),
    )

    def version(self, path: Path, settings: Mapping[str, str]) -> str:
        source = settings.get("source", "").strip()
        if not source:
            raise UnusableInputError(f"{path}: --source must say who published the figures")
        return source

    def read(self, arrival: Arrival, folder: Path, watch: Watch) -> tuple[Holding, Rejects]:
        table, rejects = read_arrival(arrival)
        folder.mkdir(parents=True)
        table.write_parquet(folder / "table.parquet", compression="zstd")
        watch(table.height)
        source = self.version(arrival.path, arrival.settings)
        months = table["month"].to_list()
        holding = Holding(
            source=self.name,
            version=source,
            kind="table",
            outcome=arrival.settings["outcome"],
            licence=arrival.settings.get("licence", "not stated"),
            citation=arrival.settings.get("citation", source),
            fetched_at=arrival.fetched_at,
            sha256=arrival.sha256,
            file=arrival.path.name,
            rows=table.height,
            rejected=len(rejects),
            first_month=Month(min(months)),
            last_month=Month(max(months)),
            units=tuple(table["iso3"].unique().sort()),
        )
        return holding, rejects


SOURCE = CountryMonth()
