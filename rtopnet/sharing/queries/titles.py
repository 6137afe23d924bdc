"""How records and what hangs on them are called, as the acting account may see them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from rtopnet.sharing.models import Consultation, Receipt, Record, RecordText, ReleaseRequest
from rtopnet.sharing.rules import Marking


def titles_in_sight(records: Collection[UUID]) -> Mapping[UUID, str]:
    """The newest title of each record that the acting account reads."""
    texts = RecordText.objects.filter(record__in=records).order_by("record", "-version")
    return dict(texts.distinct("record").values_list("record_id", "title"))


def widely_marked(records: Collection[UUID]) -> Collection[UUID]:
    """Those of the records that are GREEN or CLEAR at present."""
    rows = Record.objects.filter(pk__in=records, marking__gte=Marking.GREEN)
    return set(rows.values_list("pk", flat=True))


def consultations_called(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Consultations in sight, in words that tell nothing of their record."""
    found = Consultation.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return dict.fromkeys(found, _("what your state was told"))


def receipts_called(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Receipts in sight, in words that tell nothing of their record."""
    found = Receipt.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return dict.fromkeys(found, _("the receipt"))


def requests_called(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Requests for release in sight, by the title of their record where that is read."""
    asked = dict(ReleaseRequest.objects.filter(pk__in=ids).values_list("pk", "record_id"))
    titles = titles_in_sight(set(asked.values()))
    return {request: titles.get(record, _("a record")) for request, record in asked.items()}
