"""Region packs: a region's folder, read and checked without a database."""

from rtopnet.network.region_pack.faults import Fault, PackRefusedError
from rtopnet.network.region_pack.pack import (
    Calendar,
    FirstLevelRegion,
    Holiday,
    Holidays,
    Institution,
    Language,
    Membership,
    OwnName,
    Post,
    Region,
    RegionPack,
    Source,
    State,
)
from rtopnet.network.region_pack.reading import check_pack, read_pack, read_region
from rtopnet.network.region_pack.story import StoryAudience, StoryPart, StoryRecord

__all__ = [
    "Calendar",
    "Fault",
    "FirstLevelRegion",
    "Holiday",
    "Holidays",
    "Institution",
    "Language",
    "Membership",
    "OwnName",
    "PackRefusedError",
    "Post",
    "Region",
    "RegionPack",
    "Source",
    "State",
    "StoryAudience",
    "StoryPart",
    "StoryRecord",
    "check_pack",
    "read_pack",
    "read_region",
]
