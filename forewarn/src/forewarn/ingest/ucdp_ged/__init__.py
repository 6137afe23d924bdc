"""UCDP GED: fatal organised violence since 1989, event by event."""

from forewarn.ingest.ucdp_ged.source import SOURCE

__all__ = ["SOURCE"]
