"""What a paper will say next: those who draft it alone see it, until it is circulated."""

from django.db import models
from django.db.models import Q

from rtopnet.advice.models.policies import in_sight, standing, writes
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account
from rtopnet.sharing.public import OfRecord


def drafting_policies(table: str) -> list[RowPolicy]:
    """Read and written by those who draft, each in their own name; not while it is in silence or adopted."""
    free = f"{writes(table)} AND NOT {standing(table)}"
    return [
        RowPolicy(name="%(class)s_read", command="SELECT", using=writes(table)),
        RowPolicy(
            name="%(class)s_insert", command="INSERT", check=f"{free} AND written_by_id = {ACTING_ACCOUNT}"
        ),
        RowPolicy(
            name="%(class)s_update",
            command="UPDATE",
            using=free,
            check=f"{free} AND written_by_id = {ACTING_ACCOUNT}",
        ),
    ]


class PaperTitle(OfRecord):
    """The title of the next version."""

    title = models.CharField(max_length=300)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            *drafting_policies("advice_papertitle"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="paper_title_once"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class PaperStatement(OfRecord):
    """One paragraph of a section, as it stands now."""

    section = models.SlugField()
    position = models.IntegerField()
    text = models.TextField()
    is_own_words = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=1)
    """How often it was written."""
    is_struck = models.BooleanField(default=False)
    """Taken out of the text; its references count no more. The row stays: not all see what hangs on it."""
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [*drafting_policies("advice_paperstatement"), *OfRecord.Meta.constraints]
        indexes = [models.Index(fields=["record", "position"], name="paper_statement_in_order")]

    def __str__(self) -> str:
        return str(self.id)


_SEEN = f"({in_sight('sharing_record', 'cited_id')} OR written_by_id = {ACTING_ACCOUNT})"
_FREE = f"{writes('advice_paperreference')} AND NOT {standing('advice_paperreference')} AND {_SEEN}"


class PaperReference(OfRecord):
    """What a statement rests on: seen by those who draft and read the record cited, and by who named it.

    Others who draft learn from ``advice_unseen`` only that a statement rests on something that they cannot
    read, for it blocks: a count, a kind or an owner would tell of a record that is not for them.
    """

    statement = models.ForeignKey(PaperStatement, on_delete=models.PROTECT, related_name="references")
    cited = models.ForeignKey("sharing.Record", on_delete=models.PROTECT, related_name="+")
    shows = models.CharField(max_length=500)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    request = models.UUIDField(null=True)
    """The request for release that was made for it."""
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(
                name="paperreference_read",
                command="SELECT",
                using=f"{writes('advice_paperreference')} AND {_SEEN}",
            ),
            RowPolicy(
                name="paperreference_insert",
                command="INSERT",
                check=f"{writes('advice_paperreference')} AND NOT {standing('advice_paperreference')} "
                f"AND {in_sight('sharing_record', 'cited_id')} AND written_by_id = {ACTING_ACCOUNT}",
            ),
            RowPolicy(name="paperreference_update", command="UPDATE", using=_FREE),
            RowPolicy(name="paperreference_delete", command="DELETE", using=_FREE),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["statement", "cited"], name="paperreference_once"),
            models.CheckConstraint(
                condition=Q(request__isnull=True, asked_at__isnull=True, due_at__isnull=True)
                | Q(request__isnull=False, asked_at__isnull=False, due_at__isnull=False),
                name="paperreference_asked_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
