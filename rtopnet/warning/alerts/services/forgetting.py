"""What goes with a warning that its owner withdraws."""

from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.warning.alerts.models import Alert, AlertLink, AskedBody, Milestone, Sponsor
from rtopnet.warning.alerts.services.sight import keep_deed


def forget_content(*, by: UUID, record: UUID) -> None:
    """Delete what the owner wrote of a withdrawn warning; answers are those of their authors."""
    with acting_as(by):
        row = Alert.objects.filter(record_id=record).select_related("record__region").first()
        if row is None:
            return
        for rows in (AlertLink, AskedBody, Milestone, Sponsor, Alert):
            rows.objects.filter(record_id=record).delete()
        keep_deed("forgot", row)
