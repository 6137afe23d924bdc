"""The template of a file with many reports: one column a field, and lists of what may stand in it."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from django.forms import ChoiceField, Field
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from rtopnet.warning.evidence.forms.reports import Places, ReportForm
from rtopnet.warning.evidence.public import MOST_ROWS, inert

PROTECTED = ("source", "names", "exact_place", "latitude", "longitude")
NEEDED = ("title", "act", "occurred_from", "state")
WIDTH = 22
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- a workbook's times have no zone


def csv_template() -> str:
    """The columns, and nothing else; with a mark by which spreadsheets see that it is UTF-8."""
    out = StringIO()
    csv.writer(out).writerow(ReportForm.base_fields)
    return "\ufeff" + out.getvalue()


def xlsx_template(places: Places) -> bytes:
    """A workbook with the columns, lists to choose from, and a sheet that explains each."""
    out = BytesIO()
    form = ReportForm(places=places)
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        # The same columns give the same file, whenever it is taken.
        book.set_properties({"created": MADE})
        rows, about = book.add_worksheet("reports"), book.add_worksheet("about")
        bold, dates = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        about.write_row(0, 0, ["column", "what it asks", "needed", "protected", "what may stand in it"], bold)
        for column, (name, field) in enumerate(form.fields.items()):
            rows.write_string(0, column, name, bold)
            rows.set_column(column, column, WIDTH, dates if name.startswith("occurred") else None)
            codes = _codes(field)
            if codes:
                about.write_row(0, 7 + column, [name])
                about.write_column(1, 7 + column, codes)
                first = about.name, 7 + column
                rows.data_validation(
                    1, column, MOST_ROWS, column, {"validate": "list", "source": _range(first, len(codes))}
                )
            words = [name, inert(str(field.label)), "x" * (name in NEEDED), "x" * (name in PROTECTED)]
            about.write_row(column + 1, 0, [*words, ", ".join(codes)])
        about.set_column(0, 1, WIDTH)
        rows.freeze_panes(1, 1)
    return out.getvalue()


def _codes(field: Field) -> list[str]:
    listed: Any = field.choices if isinstance(field, ChoiceField) else ()
    return [str(code) for code, _words in listed if code]


def _range(first: tuple[str, int], count: int) -> str:
    sheet, column = first
    return f"={sheet}!{xl_range_abs(1, column, count, column)}"
