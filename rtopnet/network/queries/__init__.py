"""Reads of the network."""

from rtopnet.network.queries.members import (
    RegionSummary,
    Standing,
    StateSummary,
    boundaries_of,
    loaded_pack_sha256,
    pack_folders,
    region_by_slug,
    region_of,
    regions,
    sources_of_pack,
    standing_of,
    states_of,
)

__all__ = [
    "RegionSummary",
    "Standing",
    "StateSummary",
    "boundaries_of",
    "loaded_pack_sha256",
    "pack_folders",
    "region_by_slug",
    "region_of",
    "regions",
    "sources_of_pack",
    "standing_of",
    "states_of",
]
