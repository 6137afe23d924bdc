"""The text of a paper, put together from its sections and statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """A statement: one paragraph, the numbers of what it rests on, or that it is the network's own."""

    number: int
    text: str
    is_own_words: bool
    references: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section of a paper with its statements, in order."""

    key: str
    title: str
    statements: tuple[Said, ...] = field(default=())


def numbered(sections: Sequence[str], statements: Iterable[tuple[str, int]]) -> list[int]:
    """In which order statements stand, given section and position of each: their places in what was given.

    >>> numbered(["a", "b"], [("b", 1), ("a", 2), ("a", 1)])
    [2, 1, 0]
    """
    given = list(statements)
    order = {key: place for place, key in enumerate(sections)}
    return sorted(range(len(given)), key=lambda at: (order.get(given[at][0], len(order)), given[at][1], at))


def body_of(parts: Iterable[Part], own_words: str) -> str:
    r"""The paper as plain text: headings, numbered paragraphs, and after each what it rests on.

    >>> said = Said(1, "Homes burned.", is_own_words=False, references=(1, 2))
    >>> body_of([Part("s", "What happens", (said,))], own_words="our own words").split("\n\n")
    ['What happens', '1. Homes burned. [1, 2]']
    """
    blocks = []
    for part in parts:
        if part.statements:
            blocks.append(part.title)
            blocks += [paragraph_of(said, own_words) for said in part.statements]
    return "\n\n".join(blocks)


def paragraph_of(said: Said, own_words: str) -> str:
    """A statement as a numbered paragraph."""
    rests_on = ", ".join(str(number) for number in said.references) if said.references else own_words
    return f"{said.number}. {said.text.strip()} [{rests_on}]"


def missing_sections(needed: Iterable[str], filled: Iterable[str], titles: Mapping[str, str]) -> list[str]:
    """The titles of sections that must say something and do not."""
    present = set(filled)
    return [titles[key] for key in needed if key not in present]
