"""Keys of the programs that act for an account, and the answers that were given to them."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy, in_capacity
from rtopnet.network.models.members import Account
from rtopnet.network.rules import LONGEST_TOKEN_DAYS, Scope

_OWN = f"account_id = {ACTING_ACCOUNT}"
_OWN_OR_SIGN_IN = f"{_OWN} OR {in_capacity('sign_in')}"


class ApiToken(models.Model):
    """What a program shows to act as its account, within scopes; only a hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=20))
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    last_used_ip = models.GenericIPAddressField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="api_token_read", command="SELECT", using=_OWN_OR_SIGN_IN),
            RowPolicy(name="api_token_insert", command="INSERT", check=_OWN),
            RowPolicy(name="api_token_update", command="UPDATE", using=_OWN_OR_SIGN_IN),
            Ledgered(name="api_token_ledgered"),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0, scopes__contained_by=[scope.value for scope in Scope]),
                name="api_token_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    expires_at__gt=F("created_at"),
                    expires_at__lte=F("created_at") + timedelta(days=LONGEST_TOKEN_DAYS),
                ),
                name="api_token_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class GivenAnswer(models.Model):
    """What a call with an Idempotency-Key was answered, so that the same call made again does nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    call_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="given_answer_all", command="ALL", using=_OWN),
            Ledgered(name="given_answer_ledgered"),
            models.UniqueConstraint(fields=["account", "key"], name="given_answer_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
