"""Write the Framework's texts as a list that gathering texts finds; run it after changing the file."""

from pathlib import Path

import yaml

ROOM = Path(__file__).resolve().parents[1] / "rtopnet" / "warning" / "indicators"
HEAD = '''"""Texts of data/un_framework.yaml for the catalogues; written by tools/framework_texts.py."""

# ruff: noqa: E501
'''


def main() -> None:
    """Write the list."""
    (ROOM / "texts.py").write_text(texts(), encoding="utf-8")


def texts() -> str:
    """The module that marks every text."""
    said = yaml.safe_load((ROOM / "data" / "un_framework.yaml").read_text(encoding="utf-8"))
    found = {text: None for factor in said["factors"] for text in _of(factor) if text}
    lines = [f"    _({text_literal(text)})," for text in found]
    return "\n".join(
        [HEAD, "from django.utils.translation import gettext_noop as _", "", "TEXTS = (", *lines, ")", ""]
    )


def _of(factor: dict) -> list:
    return [factor["name"], factor["note"], *(one["text"] for one in factor["indicators"])]


def text_literal(text: str) -> str:
    """The text as Python writes it."""
    return "'" + text + "'" if '"' in text else '"' + text + '"'


if __name__ == "__main__":
    main()
