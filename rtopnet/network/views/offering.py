"""Choices that a form learns when it is made."""

from collections.abc import Iterable
from typing import cast

from django import forms


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let the form's field of that name offer ``choices``, value and words each."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)
