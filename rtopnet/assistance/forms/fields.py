"""Fields that several forms of the room share."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.assistance.lists import skills
from rtopnet.network.public import name_in

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CURRENCY = re.compile(r"[A-Z]{3}")


class AmountField(forms.DecimalField):
    """An amount of money."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """With a point, as the browser's field wants it."""
        return str(value) if isinstance(value, Decimal) else value


class LanguagesField(forms.CharField):
    """Language tags, separated by commas."""

    def clean(self, value: Any) -> list[str]:
        """Each tag once, in the order of the alphabet."""
        typed = super().clean(value)
        tags = sorted({part.strip() for part in typed.split(",") if part.strip()})
        if wrong := [tag for tag in tags if not _TAG.fullmatch(tag)]:
            said = gettext("Not the code of a language: %(tags)s. Write codes such as en or pt-TL.")
            raise ValidationError(said % {"tags": ", ".join(wrong)})
        return tags


class LinesField(forms.CharField):
    """Several things, one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        """Each line once."""
        typed = super().clean(value)
        lines = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
        if any(len(line) > 80 for line in lines):  # noqa: PLR2004 -- as long as the table takes
            raise ValidationError(gettext("Write no more than 80 characters a line."))
        return lines


class CurrencyField(forms.CharField):
    """A currency by its three letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=3, **kwargs)

    def clean(self, value: Any) -> str:
        """In capitals."""
        typed: str = super().clean(value).upper()
        if typed and not _CURRENCY.fullmatch(typed):
            raise ValidationError(gettext("Write the currency's three letters, such as USD."))
        return typed


class SkillsField(forms.MultipleChoiceField):
    """Skills from the controlled list, area after area."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=skill_choices, **kwargs)


def skill_choices() -> list[tuple[str, str]]:
    """Every skill with its name in the reader's language."""
    from django.utils.translation import get_language

    language = get_language() or "en"
    return [(skill.code, name_in(skill.names, language)) for skill in skills().values()]


class WordsForm(forms.Form):
    """A few sentences: a reason, an answer, a report."""

    words = forms.CharField(widget=forms.Textarea, max_length=20_000)

    def __init__(self, *args: Any, label: Any = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label or _("In your words")
        self.fields["words"].required = required
