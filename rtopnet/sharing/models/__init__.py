"""Records, to whom they are addressed, and what is in them."""

from rtopnet.sharing.models.files import (
    Attachment,
    AttachmentFinding,
)
from rtopnet.sharing.models.parts import PartAddressee, RecordPart
from rtopnet.sharing.models.receipts import Became, Receipt, Telling
from rtopnet.sharing.models.records import (
    Addressee,
    Existence,
    Group,
    Member,
    Named,
    OfRecord,
    Owned,
    Reading,
    Record,
    RecordText,
    ReleaseRequest,
    Shared,
    Versioned,
)
from rtopnet.sharing.models.replies import Consultation, Reply, Waiver
from rtopnet.sharing.models.search import (
    SearchEntry,
)

__all__ = [
    "Addressee",
    "Attachment",
    "AttachmentFinding",
    "Became",
    "Consultation",
    "Existence",
    "Group",
    "Member",
    "Named",
    "OfRecord",
    "Owned",
    "PartAddressee",
    "Reading",
    "Receipt",
    "Record",
    "RecordPart",
    "RecordText",
    "ReleaseRequest",
    "Reply",
    "SearchEntry",
    "Shared",
    "Telling",
    "Versioned",
    "Waiver",
]
