"""The door of the ledger's room."""

from rtopnet.audit.models import Ledgered
from rtopnet.audit.rules import ChainFault, Head
from rtopnet.audit.services import LedgerCheck, check_ledger, record_deed

__all__ = ["ChainFault", "Head", "LedgerCheck", "Ledgered", "check_ledger", "record_deed"]
