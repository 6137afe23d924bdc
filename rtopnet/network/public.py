"""The door of the network's room."""

from rtopnet.network.models import Account, InRegion, Region, State
from rtopnet.network.queries import (
    RegionSummary,
    Standing,
    StateSummary,
    region_by_slug,
    region_of,
    regions,
    standing_of,
    states_of,
)
from rtopnet.network.rules import name_in
from rtopnet.network.services import (
    boundaries_of,
    SignInLinkSpentError,
    account_behind_link,
    choose_language,
    give_sign_in_link,
    open_account,
    use_sign_in_link,
)

__all__ = [
    "Account",
    "InRegion",
    "Region",
    "RegionSummary",
    "SignInLinkSpentError",
    "Standing",
    "State",
    "StateSummary",
    "account_behind_link",
    "boundaries_of",
    "choose_language",
    "give_sign_in_link",
    "name_in",
    "open_account",
    "region_by_slug",
    "region_of",
    "regions",
    "standing_of",
    "states_of",
    "use_sign_in_link",
]
