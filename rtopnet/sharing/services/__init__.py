"""Verbs on records."""

from rtopnet.sharing.services.consulting import (
    consult_state,
    name_concerned,
    reply_as_concerned,
    waive_waiting,
)
from rtopnet.sharing.services.drafting import (
    draft_record,
    revise_record,
    set_terms,
)
from rtopnet.sharing.services.file_checks import (
    FileAtHand,
    file_at_hand,
    look_into_file,
    scan_file,
    stamp_file,
    sweep_files,
)
from rtopnet.sharing.services.files import (
    OpenFile,
    attach_clean_copy,
    attach_file,
    expect_may_attach,
    open_attachment,
    open_preview,
    remove_attachment,
    remove_files_of,
)
from rtopnet.sharing.services.groups import (
    make_group,
    set_members,
)
from rtopnet.sharing.services.parts import (
    address_part,
    carry_parts,
    delete_parts,
    keep_parts,
)
from rtopnet.sharing.services.receipts import (
    ask_for_receipts,
    sign_receipt,
)
from rtopnet.sharing.services.releasing import (
    address_record,
    recall_record,
    release_record,
    withdraw_record,
)
from rtopnet.sharing.services.requests import (
    ANSWER_WITHIN,
    answer_request,
    note_reading,
    request_release,
)
from rtopnet.sharing.services.search import (
    forget_texts,
    index_text,
)
from rtopnet.sharing.services.sight import (
    books_for,
    expect_body,
)
from rtopnet.sharing.services.story import tell_story
from rtopnet.sharing.services.telling import (
    TELL_READERS,
    plan_telling,
    tell_desks,
    tell_readers,
)
from rtopnet.sharing.services.words import (
    PartWords,
    Terms,
    Words,
)

__all__ = [
    "ANSWER_WITHIN",
    "TELL_READERS",
    "FileAtHand",
    "OpenFile",
    "PartWords",
    "Terms",
    "Words",
    "address_part",
    "address_record",
    "answer_request",
    "ask_for_receipts",
    "attach_clean_copy",
    "attach_file",
    "books_for",
    "carry_parts",
    "consult_state",
    "delete_parts",
    "draft_record",
    "expect_body",
    "expect_may_attach",
    "file_at_hand",
    "forget_texts",
    "index_text",
    "keep_parts",
    "look_into_file",
    "make_group",
    "name_concerned",
    "note_reading",
    "open_attachment",
    "open_preview",
    "plan_telling",
    "recall_record",
    "release_record",
    "remove_attachment",
    "remove_files_of",
    "reply_as_concerned",
    "request_release",
    "revise_record",
    "scan_file",
    "set_members",
    "set_terms",
    "sign_receipt",
    "stamp_file",
    "sweep_files",
    "tell_desks",
    "tell_readers",
    "tell_story",
    "waive_waiting",
    "withdraw_record",
]
