"""What assessors say: read by nobody but themselves until it is revealed, and by all readers from then on."""

from django.db import models
from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy, TableRule
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, MINE, NOW, OPEN_TO_ME, OWN, READ, OfRecord, Shared
from rtopnet.warning.assessments.models.assessments import LONG, TURNS
from rtopnet.warning.assessments.rules.scale import Confidence, Presence, Trend

# Of an account, its own id alone, and that only while it holds a post.
_ME = f"account_id = ANY({MINE})"
_SHOWN = f"{NOW} >= shown_from AND ({READ})"


def _is_seated(table: str, account: str, *, with_number: bool = True) -> str:
    """The condition that the acting account is an assessor of the row's record, under that number."""
    number = f" AND seat.number = {table}.number" if with_number else ""
    return (
        f"EXISTS (SELECT 1 FROM assessments_assessor seat WHERE seat.record_id = {table}.record_id "  # noqa: S608 -- names of our own tables
        f"AND seat.account_id = {account}{number})"
    )


def _is_revealed(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM assessments_reveal shown WHERE shown.record_id = {table}.record_id "  # noqa: S608 -- as above
        f"AND shown.turn = {table}.turn)"
    )


class ShownOnceRevealed(TableRule):
    """``shown_from`` of each score is the instant of its turn's reveal, whatever a statement writes there."""

    def statements(self, table: str) -> tuple[str, ...]:
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE INSERT OR UPDATE ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION assessments_take_shown()",
        )

    def undo_statements(self, table: str) -> tuple[str, ...]:
        return (f'DROP TRIGGER "{self.name}" ON {table}',)


class RevealsScores(TableRule):
    """A reveal happens at the database's own instant, and shows the scores of its turn."""

    def statements(self, table: str) -> tuple[str, ...]:
        return (
            f'CREATE TRIGGER "{self.name}_at" BEFORE INSERT ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION assessments_reveal_now()",
            f'CREATE TRIGGER "{self.name}_shown" AFTER INSERT ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION assessments_show_scores()",
        )

    def undo_statements(self, table: str) -> tuple[str, ...]:
        return (
            f'DROP TRIGGER "{self.name}_shown" ON {table}',
            f'DROP TRIGGER "{self.name}_at" ON {table}',
        )


class Score(OfRecord):
    """What one assessor says of one factor in one turn; the owner learns not even that there is one."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(choices=TURNS)
    code = models.CharField(max_length=20)
    presence = models.PositiveSmallIntegerField(
        null=True, choices=[(one.value, one.name) for one in Presence]
    )
    trend = models.SmallIntegerField(null=True, choices=[(one.value, one.name) for one in Trend])
    confidence = models.CharField(
        max_length=6, blank=True, choices=[(one.value, one.value) for one in Confidence]
    )
    reason = models.TextField(blank=True, max_length=LONG)
    evidence = models.JSONField(default=list)
    """Records by id, and pages by address with what they are."""
    contrary = models.TextField(blank=True, max_length=LONG)
    found_no_contrary = models.BooleanField(default=False)
    marks = models.JSONField(default=dict)
    """Presence of single indicators, by their codes."""
    saved_at = models.DateTimeField(default=now)
    shown_from = models.DateTimeField(editable=False, null=True)

    class Meta:
        constraints = [
            RowPolicy(name="score_read", command="SELECT", using=f"{_ME} OR {_SHOWN}"),
            RowPolicy(
                name="score_insert",
                command="INSERT",
                check=f"{_ME} AND shown_from IS NULL AND ({READ}) "
                f"AND {_is_seated('assessments_score', ACTING_ACCOUNT)}",
            ),
            RowPolicy(
                name="score_update",
                command="UPDATE",
                using=f"{_ME} AND shown_from IS NULL",
                check=f"{_ME} AND shown_from IS NULL AND ({READ}) "
                f"AND {_is_seated('assessments_score', ACTING_ACCOUNT)}",
            ),
            RowPolicy(name="score_delete", command="DELETE", using=f"{_ME} AND shown_from IS NULL"),
            ShownOnceRevealed(name="score_shown"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "turn", "code", "account"], name="score_once"),
            models.CheckConstraint(
                condition=Q(found_no_contrary=False) | Q(contrary=""), name="score_contrary_or_none"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HandIn(OfRecord):
    """That an assessor has handed in; all that the owner learns before scores are shown."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField(choices=TURNS)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="handin_read", command="SELECT", using=f"{OWN} OR {_ME}"),
            RowPolicy(
                name="handin_insert",
                command="INSERT",
                check=f"{_ME} AND ({READ}) AND NOT {_is_revealed('assessments_handin')} "
                f"AND {_is_seated('assessments_handin', ACTING_ACCOUNT, with_number=False)}",
            ),
            RowPolicy(
                name="handin_delete",
                command="DELETE",
                using=f"{_ME} AND NOT {_is_revealed('assessments_handin')}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "turn", "account"], name="handin_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Reveal(Shared):
    """That the scores of a turn are shown; no policy lets anybody change it or take it back."""

    turn = models.PositiveSmallIntegerField(choices=TURNS)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="reveal_read", command="SELECT", using=READ),
            RowPolicy(name="reveal_insert", command="INSERT", check=f"{DESK} AND open_from IS NOT NULL"),
            RevealsScores(name="reveal_shows"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "turn"], name="reveal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} turn {self.turn}"


class Said(OfRecord):
    """Something that an assessor (by number), or the owner (without one), says to all readers."""

    number = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=20, blank=True)
    """The factor it is about; empty: the whole."""
    words = models.TextField(max_length=LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class Comment(Said):
    """A word in the discussion."""

    class Meta:
        constraints = [
            RowPolicy(name="comment_read", command="SELECT", using=READ),
            RowPolicy(
                name="comment_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND ((number IS NULL AND {DESK}) "
                f"OR (({OPEN_TO_ME} OR {OWN}) AND {_is_seated('assessments_comment', ACTING_ACCOUNT)}))",
            ),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return str(self.id)


class MinorityView(Said):
    """What an assessor holds against the others' judgement; it is kept and printed."""

    class Meta:
        constraints = [
            RowPolicy(name="minorityview_read", command="SELECT", using=READ),
            RowPolicy(
                name="minorityview_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND ({READ}) "
                f"AND {_is_seated('assessments_minorityview', ACTING_ACCOUNT)}",
            ),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(number__isnull=False), name="minorityview_is_an_assessors"),
        ]

    def __str__(self) -> str:
        return str(self.id)
