"""Verbs of the network."""

from rtopnet.network.services.accounts import (
    SignInLinkSpentError,
    account_behind_link,
    give_sign_in_link,
    note_account_deed,
    open_account,
    use_sign_in_link,
)
from rtopnet.network.services.packs import give_demonstration_links, load_region_pack

__all__ = [
    "SignInLinkSpentError",
    "account_behind_link",
    "give_demonstration_links",
    "give_sign_in_link",
    "load_region_pack",
    "note_account_deed",
    "open_account",
    "use_sign_in_link",
]
