"""The door of the network's room."""

from rtopnet.network.access import account_of
from rtopnet.network.models import Account, InRegion, Region, State
from rtopnet.network.queries import (
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
from rtopnet.network.region_pack import Fault, PackRefusedError, RegionPack, check_pack, read_pack
from rtopnet.network.region_pack import Source as PackSource
from rtopnet.network.rules import name_in
from rtopnet.network.services import (
    SignInLinkSpentError,
    account_behind_link,
    give_demonstration_links,
    give_sign_in_link,
    load_region_pack,
    open_account,
    use_sign_in_link,
)

__all__ = [
    "Account",
    "Fault",
    "InRegion",
    "PackRefusedError",
    "PackSource",
    "Region",
    "RegionPack",
    "RegionSummary",
    "SignInLinkSpentError",
    "Standing",
    "State",
    "StateSummary",
    "account_behind_link",
    "account_of",
    "boundaries_of",
    "check_pack",
    "give_demonstration_links",
    "give_sign_in_link",
    "load_region_pack",
    "loaded_pack_sha256",
    "name_in",
    "open_account",
    "pack_folders",
    "read_pack",
    "region_by_slug",
    "region_of",
    "regions",
    "sources_of_pack",
    "standing_of",
    "states_of",
    "use_sign_in_link",
]
