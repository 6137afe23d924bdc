"""What was transmitted, and what came of it.

The transmission is a record of its own: the office reads the cleared text with its reservations, and not what
states said among themselves while they cleared it.
"""

from django.db import models
from django.db.models import Q

from rtopnet.advice.models.policies import in_sight
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_DESKS, RowPolicy, in_capacity
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, OPEN_TO_ME, READ, OfRecord, Shared

# What goes to an office is a paper of its owner's that is adopted, under the reference that it was given.
_CLEARED = (
    "EXISTS (SELECT 1 FROM advice_paper p JOIN meetings_decision d ON d.record_id = p.record_id "
    "WHERE p.record_id = paper_id AND p.office_id = advice_transmission.office_id "
    "AND p.desk = advice_transmission.desk AND d.reference = advice_transmission.reference)"
)
_SENT = in_sight("advice_transmission", "advice_sentfile.record_id", "record_id")


class Transmission(Shared):
    """That a cleared paper went to an office; one a paper."""

    paper = models.OneToOneField("sharing.Record", on_delete=models.PROTECT, related_name="+")
    """The record of the paper, which the office does not read."""
    form = models.SlugField()
    office = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    cleared_at = models.DateTimeField()
    transmitted_at = models.DateTimeField()

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="transmission_read", command="SELECT", using=READ),
            RowPolicy(name="transmission_insert", command="INSERT", check=f"{DESK} AND {_CLEARED}"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="transmission_once"),
        ]
        indexes = [models.Index(fields=["-transmitted_at", "-id"], name="transmission_latest")]

    def __str__(self) -> str:
        return self.reference


class SentFile(Shared):
    """A file of what was transmitted, byte for byte as it was signed."""

    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="sentfile_read", command="SELECT", using=READ),
            RowPolicy(name="sentfile_insert", command="INSERT", check=f"{DESK} AND NOT {_SENT}"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "name"], name="sent_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


_OFFICE = (
    f"EXISTS (SELECT 1 FROM advice_transmission t WHERE t.record_id = advice_sentstep.record_id "  # noqa: S608 -- our own words
    f"AND t.office_id = advice_sentstep.body AND t.office_id = ANY({ACTING_DESKS}))"
)


class What(models.TextChoices):
    """What happened after a transmission."""

    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CLOSED = "closed"


class SentStep(OfRecord):
    """What the office, or the owner, did with what was transmitted; only ever added."""

    what = models.CharField(max_length=12, choices=What)
    body = models.UUIDField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="sentstep_read", command="SELECT", using=READ),
            RowPolicy(
                name="sentstep_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND (what IN ('acknowledged', 'answered') AND {_OFFICE} "
                f"AND {OPEN_TO_ME} OR what = 'closed' AND {DESK} AND body = desk)",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "what"], condition=~Q(what="answered"), name="sentstep_once"
            ),
            models.CheckConstraint(condition=~Q(what="answered") | ~Q(words=""), name="sentstep_answer_says"),
        ]
        indexes = [models.Index(fields=["record", "at"], name="sentstep_in_order")]

    def __str__(self) -> str:
        return f"{self.what} {self.record_id}"


class SentFollowUp(Shared):
    """An action that follows from an answer: for whoever reads both, the transmission and the action."""

    action = models.ForeignKey("sharing.Record", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(
                name="sentfollowup_read",
                command="SELECT",
                using=f"({READ}) AND {in_sight('sharing_record', 'action_id')}",
            ),
            RowPolicy(name="sentfollowup_insert", command="INSERT", check=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "action"], name="sent_follow_up_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SentLetter(OfRecord):
    """That somebody of the office was written to by mail; written by the program."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="sentletter_read",
                command="SELECT",
                using=f"{DESK} OR account_id = {ACTING_ACCOUNT} OR {in_capacity('installation')}",
            ),
            RowPolicy(name="sentletter_insert", command="INSERT", check=in_capacity("installation")),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "account"], name="sentletter_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
