"""Addresses that a person's notices are announced to, and what became of each announcement."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy, in_capacity
from rtopnet.network.models.members import Account

_OWN = f"account_id = {ACTING_ACCOUNT}"
_INSTALLATION = in_capacity("installation")
_OWN_OR_INSTALLATION = f"{_OWN} OR {_INSTALLATION}"
# Looked up under the writer's own eyes: nobody announces to another's address.
_TO_OWN_WEBHOOK = (
    "EXISTS (SELECT 1 FROM network_webhook hook WHERE hook.id = network_webhookdelivery.webhook_id "
    "AND hook.account_id = network_webhookdelivery.account_id)"
)


class Webhook(models.Model):
    """An address of a person's own program; its secret, which signs, is kept enciphered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=100))
    secret_enciphered = models.TextField()
    created_at = models.DateTimeField(default=now)
    failures = models.PositiveIntegerField(default=0)
    disabled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="webhook_read", command="SELECT", using=_OWN_OR_INSTALLATION),
            RowPolicy(name="webhook_insert", command="INSERT", check=_OWN),
            RowPolicy(name="webhook_update", command="UPDATE", using=_OWN_OR_INSTALLATION),
            RowPolicy(name="webhook_delete", command="DELETE", using=_OWN),
            Ledgered(name="webhook_ledgered"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="webhook_by_https"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WebhookDelivery(models.Model):
    """One announcement to one address: ids and kinds, tried until it is taken or given up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    notice = models.UUIDField(null=True)
    kind = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100, blank=True)
    subject = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="webhook_delivery_read", command="SELECT", using=_OWN_OR_INSTALLATION),
            RowPolicy(
                name="webhook_delivery_insert",
                command="INSERT",
                check=f"({_OWN_OR_INSTALLATION}) AND {_TO_OWN_WEBHOOK}",
            ),
            RowPolicy(name="webhook_delivery_update", command="UPDATE", using=_OWN_OR_INSTALLATION),
            RowPolicy(name="webhook_delivery_delete", command="DELETE", using=_OWN_OR_INSTALLATION),
            Ledgered(name="webhook_delivery_ledgered"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="webhook_delivery_due")
        ]

    def __str__(self) -> str:
        return str(self.id)
