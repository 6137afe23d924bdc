"""Fields that the room's forms share, kind to what comes from sheets."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?")


class CodeField(forms.ChoiceField):
    """A choice by its code, or in a sheet by the words that stand for it."""

    def clean(self, value: Any) -> str:
        """The code."""
        typed = str(value or "").strip()
        meant = {str(name).casefold(): str(code) for code, words in self._flat() for name in (words, code)}
        return str(super().clean(meant.get(typed.casefold(), typed)))

    def _flat(self) -> list[tuple[Any, Any]]:
        # A select's choices come as an iterable of pairs; none of ours has groups.
        choices: Any = self.choices
        return list(choices)


class PeopleField(forms.IntegerField):
    """A number of people."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=10_000_000, required=False, **kwargs)


class DegreesField(forms.CharField):
    """Degrees of latitude or longitude, with a point."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, **kwargs)
        self._most = most

    def clean(self, value: Any) -> float | None:
        """Degrees; a comma is not guessed at."""
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        if not _DEGREES.fullmatch(typed):
            raise ValidationError(gettext("Write degrees with a point, such as 12.3456."))
        if abs(float(typed)) > self._most:
            raise ValidationError(gettext("There is no such place on the earth."))
        return float(typed)
