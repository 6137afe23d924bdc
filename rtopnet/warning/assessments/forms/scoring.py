"""One factor at a time; all of it may be missing while it is written."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.warning.assessments.public import (
    KEY_INDICATORS,
    Answer,
    Confidence,
    Presence,
    Scored,
    Trend,
)
from rtopnet.warning.assessments.wording import CONFIDENCE, PRESENCE, PRESENCE_LONG, TRENDS
from rtopnet.warning.indicators.public import Factor

Choices = list[tuple[str, str]]
_NOT_LOOKED_AT = ("", _("Not answered"))


class PagesField(forms.CharField):
    """Addresses, one a line, each followed by what is there."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[tuple[str, str]]:
        """Each address with what is there."""
        typed = super().clean(value)
        found = []
        for line in filter(None, (line.strip() for line in typed.splitlines())):
            url, _space, title = line.partition(" ")
            if not url.startswith(("https://", "http://")):
                said = gettext("Begin the line with an address, such as https://example.org: %(line)s")
                raise ValidationError(said % {"line": line[:80]})
            found.append((url, title.strip()))
        return found


class ScoreForm(forms.Form):
    """What one assessor says of one factor."""

    presence = forms.TypedChoiceField(
        label=_("Is this factor there?"),
        choices=[(one.value, word) for one, word in PRESENCE_LONG.items()],
        coerce=lambda value: Presence(int(value)),
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    trend = forms.TypedChoiceField(
        label=_("Where is it going?"),
        choices=[(one.value, word) for one, word in TRENDS.items()],
        coerce=lambda value: Trend(int(value)),
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure are you?"),
        choices=[(one.value, word) for one, word in CONFIDENCE.items()],
        coerce=Confidence,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    reason = forms.CharField(
        label=_("Why do you say so?"), widget=forms.Textarea, max_length=20_000, required=False
    )
    records = forms.MultipleChoiceField(
        label=_("Records that it rests on"),
        help_text=_("Other readers see those of them that they can read themselves."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pages = PagesField(
        label=_("Pages that it rests on"),
        help_text=_("One a line: the address, then what is there."),
        max_length=10_000,
        required=False,
    )
    contrary = forms.CharField(
        label=_("What speaks against it?"),
        help_text=_("Look for it before you go on."),
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
    )
    found_no_contrary = forms.BooleanField(label=_("I looked and found none"), required=False)

    def __init__(self, *args: Any, factor: Factor, records: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = records  # type: ignore[attr-defined]  # a choice field's own
        if not records:
            self.fields.pop("records")
        for one in factor.indicators:
            self.fields[f"mark-{one.code}"] = forms.ChoiceField(
                label=f"{one.code}: {one.text or gettext('only its number is known to us')}",
                choices=[_NOT_LOOKED_AT, *((str(step.value), word) for step, word in PRESENCE.items())],
                required=False,
            )
        self._codes = [one.code for one in factor.indicators]

    def key_marks(self) -> list[forms.BoundField]:
        """Indicators that a profile is read from."""
        return [self[f"mark-{code}"] for code in self._codes if code in KEY_INDICATORS]

    def other_marks(self) -> list[forms.BoundField]:
        """All other indicators."""
        return [self[f"mark-{code}"] for code in self._codes if code not in KEY_INDICATORS]

    def scored(self) -> Scored:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        marks = {code: typed[f"mark-{code}"] for code in self._codes if typed[f"mark-{code}"]}
        return Scored(
            presence=typed["presence"],
            trend=typed["trend"],
            confidence=typed["confidence"],
            reason=typed["reason"],
            records=[UUID(one) for one in typed.get("records", [])],
            pages=typed["pages"],
            contrary=typed["contrary"],
            found_no_contrary=typed["found_no_contrary"],
            marks={code: Presence(int(value)) for code, value in marks.items()},
        )


def score_as_typed(answer: Answer | None) -> dict[str, object]:
    """An answer as its form shows it."""
    if answer is None:
        return {}
    pages = [f"{one.href} {one.title}".strip() for one in answer.evidence if one.record is None]
    typed: dict[str, object] = {
        "presence": answer.presence,
        "trend": answer.trend,
        "confidence": answer.confidence.value if answer.confidence else None,
        "reason": answer.reason,
        "records": [str(one.record) for one in answer.evidence if one.record],
        "pages": "\n".join(pages),
        "contrary": answer.contrary,
        "found_no_contrary": answer.found_no_contrary,
    }
    return typed | {f"mark-{code}": str(int(presence)) for code, presence in answer.marks.items()}
