"""The room's controlled lists, read once from its data files: skills, and what duty of care asks for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from rtopnet.assistance.rules.words import Area
from rtopnet.network.public import name_in

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Skill:
    """Something that people can do, by its code for good."""

    code: str
    area: Area
    names: dict[str, str]


@dataclass(frozen=True)
class DutyItem:
    """Something that is seen to before somebody is sent; ``side`` is host or sender."""

    code: str
    side: str
    names: dict[str, str]


@cache
def skills() -> dict[str, Skill]:
    """Every skill by code, area after area."""
    listed = yaml.safe_load((_FOLDER / "skills.yaml").read_text(encoding="utf-8"))
    return {
        one["code"]: Skill(one["code"], Area(area), one["names"]) for area in listed for one in listed[area]
    }


@cache
def duty_items() -> dict[str, DutyItem]:
    """The duty of care's items by code, in their order."""
    listed = yaml.safe_load((_FOLDER / "duty_of_care.yaml").read_text(encoding="utf-8"))
    return {one["code"]: DutyItem(one["code"], one["side"], one["names"]) for one in listed}


def skill_name(code: str, language: str) -> str:
    """A skill in the reader's language; a code that is not on the list any more stands for itself."""
    skill = skills().get(code)
    return name_in(skill.names, language) if skill else code
