"""Verbs of the network."""

from rtopnet.network.services.accounts import (
    SignInLinkSpentError,
    account_behind_link,
    give_sign_in_link,
    note_account_deed,
    open_account,
    use_sign_in_link,
)
from rtopnet.network.services.notices import (
    clear_notice,
    give_notice,
    mark_all_notices_read,
    mark_notice_read,
    undo_with_notices,
)
from rtopnet.network.services.packs import give_demonstration_links, load_region_pack

__all__ = [
    "SignInLinkSpentError",
    "account_behind_link",
    "clear_notice",
    "give_demonstration_links",
    "give_notice",
    "give_sign_in_link",
    "load_region_pack",
    "mark_all_notices_read",
    "mark_notice_read",
    "note_account_deed",
    "open_account",
    "undo_with_notices",
    "use_sign_in_link",
]
