"""What every page of the room begins with: who reads, when it is there, how a broken rule is answered."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from rtopnet.sharing.public import RecordSheet, reader_page, record_sheet

record_page = reader_page()


def sheet_for_desk(record: UUID) -> RecordSheet:
    """The record, for those who decide for its owner.

    Raises:
        Http404: it is not in sight.
        PermissionDenied: it is another's, or the owner's contributors'.
    """
    sheet = record_sheet(record)
    if sheet is None:
        raise Http404
    if not sheet.decides:
        raise PermissionDenied
    return sheet
