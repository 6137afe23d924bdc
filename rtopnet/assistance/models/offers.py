"""What is offered for a request, and how the asking state answers; nobody else sees either."""

from django.db import models
from django.db.models import F, Q

from rtopnet.assistance.models.requests import Need
from rtopnet.assistance.rules.words import Aid, Outcome
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import ENDED, MINE, OPEN_TO_ME, OWN, READ, OfRecord, Record, Shared

_SHORT, _LONG = 200, 20_000
_DRAFT = f"{OWN} AND open_from IS NULL"
# Looked up once, for the one row written, and under the writer's own eyes.
_FOR_A_REQUEST = (
    "EXISTS (SELECT 1 FROM assistance_request asked WHERE asked.record_id = assistance_offer.request_id)"
)
_TO_ME = (
    "EXISTS (SELECT 1 FROM assistance_offer made JOIN assistance_request asked "
    "ON asked.record_id = made.request_id WHERE made.record_id = {table}.record_id "
    "AND asked.state_id = {table}.state_id AND asked.desk = {table}.state_id)"
)


class Offer(Shared):
    """What a state or institution offers for one request, for the asking state's eyes alone."""

    request = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    conditions = models.TextField(blank=True, max_length=_LONG)
    valid_until = models.DateField()

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="offer_read", command="SELECT", using=READ),
            RowPolicy(name="offer_insert", command="INSERT", check=f"{_DRAFT} AND {_FOR_A_REQUEST}"),
            RowPolicy(name="offer_update", command="UPDATE", using=_DRAFT, check=f"{_DRAFT}"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="offer_once"),
        ]
        indexes = [models.Index(fields=["request"], name="offer_of_request")]

    def __str__(self) -> str:
        return str(self.record_id)


class OfferLine(Shared):
    """A part of an offer: so many of something for one need; of whom, by roster entry and post alone."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    aid = models.CharField(max_length=10, choices=[(aid.value, aid.value) for aid in Aid])
    number = models.PositiveIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    entry = models.UUIDField(null=True)
    """The offering body's roster entry; nobody else can look it up, and it may be forgotten."""
    post_title = models.CharField(max_length=_SHORT, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    words = models.TextField(blank=True, max_length=_LONG)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="offerline_read", command="SELECT", using=READ),
            RowPolicy(name="offerline_insert", command="INSERT", check=_DRAFT),
            RowPolicy(name="offerline_update", command="UPDATE", using=_DRAFT),
            RowPolicy(name="offerline_delete", command="DELETE", using=f"{_DRAFT} OR {ENDED}"),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="offerline_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="offerline_of_some"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | Q(amount__gt=0) & ~Q(currency=""),
                name="offerline_amount_has_a_currency",
            ),
            models.CheckConstraint(
                condition=~Q(aid=Aid.MONEY) | Q(amount__isnull=False), name="offerline_money_has_an_amount"
            ),
        ]
        indexes = [models.Index(fields=["entry"], name="offerline_entry")]

    def __str__(self) -> str:
        return str(self.id)


def _answered_by_me(table: str) -> str:
    return f"state_id = ANY({MINE}) AND {OPEN_TO_ME} AND {_TO_ME.format(table=table)}"


class Answer(OfRecord):
    """The asking state's answer to an offer; given once."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=[(outcome.value, outcome.value) for outcome in Outcome])
    words = models.TextField(blank=True, max_length=_LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="answer_read", command="SELECT", using=f"{OWN} OR state_id = ANY({MINE})"),
            RowPolicy(
                name="answer_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND {_answered_by_me('assistance_answer')}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AnswerLine(OfRecord):
    """How much of a line of an offer is accepted."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OfferLine, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            RowPolicy(name="answerline_read", command="SELECT", using=f"{OWN} OR state_id = ANY({MINE})"),
            RowPolicy(
                name="answerline_insert", command="INSERT", check=_answered_by_me("assistance_answerline")
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["answer", "line"], name="answerline_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="answerline_of_some"),
        ]

    def __str__(self) -> str:
        return str(self.id)
