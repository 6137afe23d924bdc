"""YAML written by people: read to nodes that know their line, never to objects of Python's choosing."""

from typing import NoReturn

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rtopnet.network.region_pack.faults import FaultBook, printable, quoted

DEEPEST = 20
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_NULL = "tag:yaml.org,2002:null"
_KINDS = {ScalarNode: "a value with a tag", SequenceNode: "a list", MappingNode: "keys with values"}


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses what lets a small file grow large: references and deep nesting."""

    _depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.events.AliasEvent):
            self._refuse("a reference (*) is not read here; write it out")
        if self._depth >= DEEPEST:
            self._refuse(f"nested deeper than {DEEPEST} levels")
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def _refuse(self, reason: str) -> NoReturn:
        raise yaml.composer.ComposerError(None, None, reason, self.peek_event().start_mark)  # type: ignore[no-untyped-call] # PyYAML's stubs leave it out


def compose(text: str, *, file: str, faults: FaultBook) -> Node | None:
    """The document's root node, or None after noting why there is none."""
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.note(file, mark.line + 1 if mark else 1, f"not YAML: {_one_line(error.problem)}")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        faults.note(file, line, f"not YAML: character U+{int(error.character):04X} may not stand in it")
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        faults.note(file, 1, f"not YAML: {_one_line(str(error))}")
    else:
        if node is None:
            faults.note(file, 1, "is empty")
        return node
    return None


def _composed(text: str) -> Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _one_line(problem: str | None) -> str:
    return printable(" ".join((problem or "cannot be read").split()))


def line_of(node: Node) -> int:
    """The line a node begins on, counted from 1."""
    return int(node.start_mark.line) + 1


def scalar(node: Node) -> str | None:
    """What a plain value says, as it was written: ``no`` stays ``no`` and ``096`` stays ``096``.

    None for a list, for keys with values, for nothing (``~``), and for a tag of somebody's own.
    """
    if not isinstance(node, ScalarNode) or node.tag not in _PLAIN_TAGS or node.tag == _NULL:
        return None
    return str(node.value).strip()


def items(node: Node, *, what: str, file: str, faults: FaultBook) -> list[Node]:
    """The items of a list; a fault and no items for anything else."""
    if isinstance(node, SequenceNode):
        return list(node.value)
    faults.note(file, line_of(node), f"{what} must be a list, not {kind_of(node)}")
    return []


def pairs(node: Node, *, what: str, file: str, faults: FaultBook) -> dict[str, tuple[int, Node]]:
    """Keys with their line and value; a fault for anything else and for odd or repeated keys."""
    if not isinstance(node, MappingNode):
        faults.note(file, line_of(node), f"{what} must be keys with values, not {kind_of(node)}")
        return {}
    found: dict[str, tuple[int, Node]] = {}
    for key_node, value in node.value:
        key, line = scalar(key_node), line_of(key_node)
        if key is None:
            faults.note(file, line, f"{what} has a key that is not plain text")
        elif key in found:
            faults.note(file, line, f"{what} has {quoted(key)} twice, first on line {found[key][0]}")
        else:
            found[key] = (line, value)
    return found


def kind_of(node: Node) -> str:
    """What a node is, in words for a message."""
    text = scalar(node)
    if text is not None:
        return quoted(text)
    if node.tag == _NULL:
        return "nothing"
    return next((words for kind, words in _KINDS.items() if isinstance(node, kind)), "something else")
