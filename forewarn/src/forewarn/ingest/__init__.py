"""From published files to a store; each source is a folder of its own."""

from forewarn.contracts.store import Holding
from forewarn.ingest.countries import country_unit
from forewarn.ingest.events import recent_events
from forewarn.ingest.store import holdings

__all__ = ["Holding", "country_unit", "holdings", "recent_events"]
