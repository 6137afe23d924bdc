"""The UCDP Georeferenced Event Dataset, final and candidate releases."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from forewarn.contracts.months import Month
from forewarn.contracts.rejects import Rejects
from forewarn.contracts.store import Arrival, Holding, Option, Watch
from forewarn.ingest.ucdp_ged.versions import Version, parse_version, version_from_name

if TYPE_CHECKING:
    from forewarn.ingest.ucdp_ged.reader import Tally

LICENCE = "CC BY 4.0"
_REGIONS = 5  # Africa, Americas, Asia, Europe, Middle East
_CITATION = (
    "UCDP Georeferenced Event Dataset version {version}, Uppsala Conflict Data Program; "
    "Sundberg and Melander (2013), Journal of Peace Research 50(4)"
)
_CANDIDATE_CITATION = (
    "UCDP Candidate Events Dataset version {version}, Uppsala Conflict Data Program; "
    "Hegre, Croicu, Eck and Högbladh (2020), Research & Politics 7(3)"
)


class UcdpGed:
    """See ``contracts.store.Source``."""

    name = "ucdp-ged"
    summary = "events of the UCDP Georeferenced Event Dataset (.csv or .zip, versions 17.1 and later)"
    options = (
        Option("version", "the release, such as 23.1 or 26.0.8; by default told by the file's name"),
        Option(
            "scope",
            "world: countries that are not in the file had no event; extract: nothing is known of them; "
            "by default a file with events in all five UCDP regions is taken for the world",
            choices=("world", "extract"),
        ),
    )

    def version(self, path: Path, settings: Mapping[str, str]) -> str:
        return parse_version(settings.get("version") or version_from_name(path)).text

    def read(self, arrival: Arrival, folder: Path, watch: Watch) -> tuple[Holding, Rejects]:
        # loaded here, so that a source can be listed and asked for its version in no time
        from forewarn.ingest.event_files import EventWriter
        from forewarn.ingest.ucdp_ged.reader import read_events

        version = parse_version(self.version(arrival.path, arrival.settings))
        constants = {
            "source": self.name,
            "version": version.text,
            "licence": LICENCE,
            "fetched_at": arrival.fetched_at,
            "file_sha256": arrival.sha256,
        }
        tally, rejects = read_events(arrival, EventWriter(folder, constants), watch)
        return _holding(arrival, version, tally, rejects), rejects


def _holding(arrival: Arrival, version: Version, tally: "Tally", rejects: Rejects) -> Holding:
    first, last = version.months or (min(tally.months), max(tally.months))
    scope = arrival.settings.get("scope")
    citation = _CANDIDATE_CITATION if version.months else _CITATION
    return Holding(
        source=UcdpGed.name,
        version=version.text,
        kind="events",
        licence=LICENCE,
        citation=citation.format(version=version.text),
        fetched_at=arrival.fetched_at,
        sha256=arrival.sha256,
        file=arrival.path.name,
        rows=tally.rows,
        rejected=len(rejects),
        first_month=Month(first),
        last_month=Month(last),
        units=tuple(str(number) for number in sorted(tally.countries)),
        world=scope == "world" or (scope is None and len(tally.regions) >= _REGIONS),
        rank=version.rank,
        warnings=dict(sorted(tally.warnings.items())),
    )


SOURCE = UcdpGed()
