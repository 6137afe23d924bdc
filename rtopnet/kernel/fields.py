"""Form fields that every room asks with: the browser's own, the same in every language."""

from datetime import date
from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own field for a day, which wants year, month and day in that order."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput
    input_formats = ["%Y-%m-%d"]

    def prepare_value(self, value: Any) -> Any:
        """As the browser's field wants it, whatever the reader's language."""
        return value.isoformat() if isinstance(value, date) else value
