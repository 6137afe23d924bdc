"""Calendar feeds: an address that a calendar program asks by itself."""

from django.db import models

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy, in_capacity
from rtopnet.network.public import Account

_OWN = f"account_id = {ACTING_ACCOUNT}"
_HELD = (
    "EXISTS (SELECT 1 FROM network_holding h WHERE h.post_id = meetings_calendarfeed.post_id "  # noqa: S608 -- our own words
    f"AND h.account_id = {ACTING_ACCOUNT} AND h.starts_at <= statement_timestamp() "
    "AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp()))"
)


class CalendarFeed(models.Model):
    """The feed of a post: it opens while who made it holds the post; only a hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey("network.Region", on_delete=models.PROTECT)
    post = models.ForeignKey("network.Post", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(
                name="calendarfeed_read", command="SELECT", using=f"{_OWN} OR {in_capacity('sign_in')}"
            ),
            RowPolicy(
                name="calendarfeed_insert",
                command="INSERT",
                check=f"{_OWN} AND region_id = {ACTING_REGION} AND {_HELD}",
            ),
            RowPolicy(name="calendarfeed_update", command="UPDATE", using=_OWN),
            Ledgered(name="calendarfeed_ledgered"),
        ]

    def __str__(self) -> str:
        return str(self.id)
