"""Who came, or tried to, as the account's holder sees it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy, in_capacity
from rtopnet.network.models.members import Account

_OWN_OR_SIGNING_IN = f"account_id = {ACTING_ACCOUNT} OR {in_capacity('sign_in')}"


class SignInOutcome(models.TextChoices):
    """How an attempt to sign in ended."""

    SIGNED_IN = "signed_in", _("signed in")
    WRONG_PASSWORD = "wrong_password", _("wrong password")
    WRONG_CODE = "wrong_code", _("wrong one-time code")
    LOCKED = "locked", _("refused, after too many failures")


class SignIn(models.Model):
    """An attempt to sign in to an account; ``agent`` is coarse, such as "Firefox, Windows"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    at = models.DateTimeField(default=now)
    outcome = models.CharField(max_length=20, choices=SignInOutcome)
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="sign_in_of_account")]
        constraints = [
            RowPolicy(name="sign_in_read", command="SELECT", using=_OWN_OR_SIGNING_IN),
            RowPolicy(name="sign_in_insert", command="INSERT", check=_OWN_OR_SIGNING_IN),
            RowPolicy(name="sign_in_update", command="UPDATE", using=_OWN_OR_SIGNING_IN),
            Ledgered(name="sign_in_ledgered"),
        ]

    def __str__(self) -> str:
        return str(self.id)
