"""Invitations to posts: an account is opened by who spends one."""

from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_DESKS, ACTING_REGION, RowPolicy, in_capacity
from rtopnet.network.models.members import Account, Post, Region

_INSTALLATION = in_capacity("installation")
_SIGN_IN = in_capacity("sign_in")
_BY_DESK = f"desk = ANY({ACTING_DESKS})"
# A state's desk invites to all its posts but its focal point's, which is handed over; an institution's
# desk to those of the institution, but not to run the machine.
_TO_OWN_POST = (
    f"region_id = {ACTING_REGION} AND EXISTS (SELECT 1 FROM network_post p WHERE p.id = post_id "  # noqa: S608 -- our own words
    "AND p.region_id = network_invitation.region_id AND p.kind NOT IN ('focal_point', 'operator') "
    "AND coalesce(p.state_id, p.institution_id) = desk)"
)


class Invitation(models.Model):
    """That somebody may take a post by a one-time code; only a hash of the code is kept.

    ``desk`` is the state or institution whose post it is and who may see and withdraw the invitation.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    desk = models.UUIDField(editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=12, default="en")
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    secret_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            RowPolicy(
                name="invitation_read", command="SELECT", using=f"{_BY_DESK} OR {_INSTALLATION} OR {_SIGN_IN}"
            ),
            RowPolicy(
                name="invitation_insert",
                command="INSERT",
                check=f"{_BY_DESK} AND invited_by_id = {ACTING_ACCOUNT} AND accepted_at IS NULL "
                f"AND {_TO_OWN_POST} OR {_INSTALLATION}",
            ),
            RowPolicy(
                name="invitation_update",
                command="UPDATE",
                using=f"{_BY_DESK} AND accepted_at IS NULL OR {_INSTALLATION} OR {_SIGN_IN}",
                check=f"{_BY_DESK} AND accepted_at IS NULL OR {_INSTALLATION} OR {_SIGN_IN}",
            ),
            Ledgered(name="invitation_ledgered"),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="post_offered_to_one_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
