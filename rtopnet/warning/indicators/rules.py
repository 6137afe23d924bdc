"""The Framework as plain values: factors, indicators, how far each was checked, and which version it is."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rtopnet.kernel.errors import RuleBrokenError

Say = Callable[[Any], str]
"""Turns a text of the file, a string or strings by language, into the reader's words."""


class FrameworkFaultyError(RuleBrokenError):
    """A framework's file does not hold what it should."""


class Kind(StrEnum):
    """Whether a factor concerns all crimes or some of them."""

    COMMON = "common"
    SPECIFIC = "specific"


class Check(StrEnum):
    """How far an indicator was held against the official text."""

    SEEN = "seen"
    PARTLY = "partly"
    UNSEEN = "unseen"


class Nature(StrEnum):
    """What sort of sign an indicator is; our judgement, the Framework does not say."""

    STRUCTURAL = "structural"
    DYNAMIC = "dynamic"
    TRIGGER = "trigger"


@dataclass(frozen=True)
class Version:
    """Which wording it is: the hash of what the file says, and a name for people."""

    sha256: str
    label: str


@dataclass(frozen=True)
class Indicator:
    """A sign by which a factor is seen; ``text`` is empty where only its number is known."""

    code: str
    text: str
    nature: Nature
    check: Check


@dataclass(frozen=True)
class Factor:
    """A risk factor with its indicators."""

    code: str
    name: str
    note: str
    kind: Kind
    crimes: tuple[str, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Framework:
    """All factors in their order."""

    version: Version
    factors: tuple[Factor, ...]
    is_official: bool
    """Whether it carries the official wording; ours is a paraphrase."""
    document: str
    year: int

    def factor(self, code: str) -> Factor | None:
        """The factor of that code."""
        return next((factor for factor in self.factors if factor.code == code), None)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of that code."""
        return next((one for one in self.indicators() if one.code == code), None)

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, factor after factor."""
        for factor in self.factors:
            yield from factor.indicators

    @property
    def total(self) -> int:
        """How many indicators there are."""
        return sum(1 for _ in self.indicators())

    @property
    def checked(self) -> int:
        """How many were read whole in the official text."""
        return sum(1 for one in self.indicators() if one.check is Check.SEEN)

    @property
    def partly(self) -> int:
        """How many were read in part."""
        return sum(1 for one in self.indicators() if one.check is Check.PARTLY)


def version_of(content: bytes, said: Mapping[str, Any]) -> Version:
    """The version that a file's bytes are."""
    about = said["framework"]
    label = str(about.get("label") or f"{about['un_document']}, {about['year']}")
    return Version(hashlib.sha256(content).hexdigest(), label)


def framework_from(said: Any, version: Version, say: Say) -> Framework:
    """The framework that a file's content says.

    Raises:
        FrameworkFaultyError: something is missing, twice there or of the wrong sort.
    """
    try:
        about = said["framework"]
        made = Framework(
            version=version,
            factors=tuple(_factor(one, say) for one in said["factors"]),
            is_official=bool(about.get("official", False)),
            document=str(about["un_document"]),
            year=int(about["year"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FrameworkFaultyError(f"framework: it is not written as it should be, at {error}.") from error
    _expect_sound(made)
    return made


def _factor(said: Mapping[str, Any], say: Say) -> Factor:
    return Factor(
        code=str(said["code"]),
        name=say(said["name"]),
        note=say(said.get("note") or ""),
        kind=Kind(said["kind"]),
        crimes=tuple(str(crime) for crime in said["crimes"]),
        indicators=tuple(_indicator(one, say) for one in said["indicators"]),
    )


def _indicator(said: Mapping[str, Any], say: Say) -> Indicator:
    return Indicator(
        code=str(said["code"]),
        text=say(said["text"]) if said.get("text") else "",
        nature=Nature(said["nature"]),
        check=_check(said.get("seen", False)),
    )


def _check(seen: object) -> Check:
    if seen == Check.PARTLY:
        return Check.PARTLY
    return Check.SEEN if seen is True else Check.UNSEEN


def _expect_sound(made: Framework) -> None:
    codes = [factor.code for factor in made.factors] + [one.code for one in made.indicators()]
    if not made.factors:
        raise FrameworkFaultyError("factors: there are none.")
    if len(codes) != len(set(codes)):
        raise FrameworkFaultyError("factors: a code stands twice.")
    for factor in made.factors:
        strays = [one.code for one in factor.indicators if not one.code.startswith(f"{factor.code}.")]
        if strays:
            raise FrameworkFaultyError(f"factor {factor.code}: it does not own {', '.join(strays)}.")
