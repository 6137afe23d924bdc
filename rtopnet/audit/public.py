"""The door of the ledger's room."""

from rtopnet.audit.download import BookNotInSightError, book_download
from rtopnet.audit.keys import known_keys_pem, present_key_id, public_key_pem, seal, sign
from rtopnet.audit.models import Ledgered
from rtopnet.audit.queries import books_of, end_of, own_checkpoints, own_entries
from rtopnet.audit.rules import BookEntry, BookFault, ChainFault, Checkpoint, Head
from rtopnet.audit.services import (
    LedgerCheck,
    check_ledger,
    checkpoint_book,
    checkpoint_ledger,
    ledger_fault,
    record_deed,
    rotate_signing_key,
)
from rtopnet.kernel.signing import Signature

__all__ = [
    "BookEntry",
    "BookFault",
    "BookNotInSightError",
    "ChainFault",
    "Checkpoint",
    "Head",
    "LedgerCheck",
    "Ledgered",
    "Signature",
    "book_download",
    "books_of",
    "check_ledger",
    "checkpoint_book",
    "checkpoint_ledger",
    "end_of",
    "known_keys_pem",
    "ledger_fault",
    "own_checkpoints",
    "own_entries",
    "present_key_id",
    "public_key_pem",
    "record_deed",
    "rotate_signing_key",
    "seal",
    "sign",
]
