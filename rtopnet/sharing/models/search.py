"""What can be found of records: one row for each text that is indexed."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.sharing.deciding import DESK, OWN, Deciding
from rtopnet.sharing.models.records import Record
from rtopnet.sharing.searched import READ_ENTRY

_WRITTEN_BY = f"{DESK} OR ({OWN} AND open_from IS NULL)"


class SearchEntry(Deciding):
    """A text that readers of its source find: a record's newest words, a part, an attachment's name.

    ``source`` is the row it was taken from, in ``source_table``; what decides about that row decides here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    source_table = models.CharField(max_length=63)
    source = models.UUIDField(unique=True)
    narrowed = ArrayField(models.UUIDField(), editable=False, null=True)
    """Of its readers only these, as of a part; None: all."""
    marking = models.PositiveSmallIntegerField(editable=False, null=True)
    """Its own, where it has one; the record's counts where that is stricter."""
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    words = SearchVectorField()
    """Its words with their places and weights, by which finds are ordered."""
    tokens = ArrayField(models.TextField())
    """What it is found by, each once."""

    class Meta:
        constraints = [
            RowPolicy(name="searchentry_read", command="SELECT", using=READ_ENTRY),
            RowPolicy(name="searchentry_insert", command="INSERT", check=_WRITTEN_BY),
            RowPolicy(name="searchentry_update", command="UPDATE", using=_WRITTEN_BY),
            RowPolicy(name="searchentry_delete", command="DELETE", using=_WRITTEN_BY),
            Ledgered(name="searchentry_ledgered"),
        ]

    def __str__(self) -> str:
        return f"{self.source_table} {self.source}"
