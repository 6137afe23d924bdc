"""Many reports from a file: each row goes through the form of a report, and is named if it does not pass."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import Marking
from rtopnet.warning.evidence.forms.reports import MARKINGS, Choices, Places, ReportForm
from rtopnet.warning.evidence.public import (
    Arriving,
    Ground,
    PlacePrecision,
    Precision,
    Sheet,
    SheetRefusedError,
    SheetRow,
)

COLUMNS = tuple(ReportForm.base_fields)
MOST_LETTERS = 2_000_000
"""Of the good rows together, as they wait in the page for a decision."""
REFUSALS: dict[str, Promise] = {
    "too_large": _("The file is larger than is taken at once. Split it."),
    "too_many_rows": _("The file has more than 500 rows. Split it."),
    "too_many_columns": _("The file has more than 200 columns."),
    "no_header": _("The first line must name the columns."),
    "no_known_column": _("No column has a name that we know. Begin with the template."),
    "no_rows": _("The file has no rows."),
    "not_utf8": _("The letters cannot be read: save the file as UTF-8."),
    "broken": _("The file cannot be read: it is broken, or of another kind."),
    "broken_zip": _("The zip with files cannot be read. Nothing was kept."),
    "zip_too_large": _("The zip with files is larger than is taken at once. Nothing was kept."),
}


@dataclass(frozen=True)
class BadCell:
    """What is wrong in a row: the field in words, and the reason."""

    field: str
    column: str
    reason: str


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be kept as it is."""

    number: int
    title: str
    faults: tuple[BadCell, ...]


@dataclass(frozen=True)
class Checked:
    """A file's rows, told apart."""

    good: tuple[SheetRow, ...]
    bad: tuple[BadRow, ...]
    arriving: tuple[Arriving, ...]
    unknown: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Names of files that good rows speak of."""
        return tuple(name for row in self.good for name in row.files)

    @property
    def waiting(self) -> str:
        """The good rows, as they wait in the page until somebody decides."""
        return json.dumps(
            [{"n": row.number, "v": dict(row.values), "m": row.mark, "f": row.files} for row in self.good],
            ensure_ascii=False,
        )


class FileForm(forms.Form):
    """A file with many reports."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, or submissions of ODK or KoboToolbox as JSON or CSV; up to 500 rows and 5 MiB."
        ),
    )


class KeepForm(forms.Form):
    """What becomes of the good rows."""

    owner = forms.ChoiceField(label=_("Whose reports are they?"))
    marking = forms.TypedChoiceField(
        label=_("Marking"), choices=MARKINGS, coerce=int, initial=Marking.AMBER.value
    )
    attachments = forms.FileField(label=_("A zip with the files that the rows name"), required=False)
    rows = forms.CharField(widget=forms.HiddenInput, max_length=MOST_LETTERS)
    came_as = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a choice field's own
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()


def checked(sheet: Sheet, places: Places) -> Checked:
    """Each row held against the form of a report.

    Raises:
        SheetRefusedError: the good rows together are too long to wait in a page.
    """
    good: list[SheetRow] = []
    bad: list[BadRow] = []
    arriving: list[Arriving] = []
    for row in sheet.rows:
        form = ReportForm(_completed(row), places=places)
        if form.is_valid():
            good.append(row)
            arriving.append(Arriving(form.told(), _mark(row.mark), row.files))
        else:
            bad.append(BadRow(row.number, row.values.get("title", "")[:80], tuple(_faults(form))))
    found = Checked(tuple(good), tuple(bad), tuple(arriving), sheet.unknown)
    if len(found.waiting) > MOST_LETTERS:
        raise SheetRefusedError("too_large")
    return found


def waiting_rows(text: str) -> Sheet:
    """The good rows of a page that a decision comes back from; they are held against the form once more.

    Raises:
        SheetRefusedError: they are not what the page had.
    """
    try:
        rows = tuple(
            SheetRow(
                int(one["n"]),
                {str(name): str(value) for name, value in one["v"].items()},
                str(one["m"]),
                tuple(str(name) for name in one["f"]),
            )
            for one in json.loads(text)
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SheetRefusedError("broken") from error
    return Sheet(rows)


def _completed(row: SheetRow) -> dict[str, str]:
    """What a sheet leaves empty where the form has a choice made before."""
    region = PlacePrecision.REGION if row.values.get("region") else PlacePrecision.STATE
    usual = {
        "time_precision": Precision.DAY.value,
        "place_precision": region.value,
        "target_ground": Ground.UNKNOWN.value,
        "actor_kind": "unknown",
    }
    return usual | dict(row.values)


def _faults(form: ReportForm) -> list[BadCell]:
    return [
        BadCell(str(form.fields[name].label) if name in form.fields else "", name, str(reason))
        for name, reasons in form.errors.items()
        for reason in reasons
    ]


def _mark(mark: str) -> UUID | None:
    """The mark of a submission; one that is no UUID is made one, always the same."""
    if not mark:
        return None
    try:
        return UUID(mark)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"submission:{mark}")
