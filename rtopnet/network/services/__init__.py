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
from rtopnet.network.services.tokens import (
    Answer,
    KeyUsedOtherwiseError,
    NewToken,
    TokenInUse,
    TokenNotInSightError,
    TokenRefusedError,
    answer_given,
    keep_answer,
    make_token,
    revoke_token,
    token_behind,
)

__all__ = [
    "Answer",
    "KeyUsedOtherwiseError",
    "NewToken",
    "SignInLinkSpentError",
    "TokenInUse",
    "TokenNotInSightError",
    "TokenRefusedError",
    "account_behind_link",
    "answer_given",
    "clear_notice",
    "give_demonstration_links",
    "give_notice",
    "give_sign_in_link",
    "keep_answer",
    "load_region_pack",
    "make_token",
    "mark_all_notices_read",
    "mark_notice_read",
    "note_account_deed",
    "open_account",
    "revoke_token",
    "token_behind",
    "undo_with_notices",
    "use_sign_in_link",
]
