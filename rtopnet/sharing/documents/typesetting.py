"""Setting a document, in a process of its own that has little time, little memory and nothing to read."""

import json
import subprocess
import sys
from pathlib import Path

from rtopnet.kernel.errors import RuleBrokenError, SetUpError
from rtopnet.sharing.documents.document import (
    ExportDocument,
    GatheredDocument,
    content_of,
    gathered_content,
)

FOLDER = Path(__file__).parent
FACES = FOLDER / "faces"
"""Noto faces, which set-up unpacks there."""
SECONDS = 30
LARGEST_PDF = 64 * 1024 * 1024


class DocumentNotSetError(RuleBrokenError):
    """The document is too long to be set within its limits."""


def render_document(
    document: ExportDocument | GatheredDocument, *, language: str, layout: str = "", archived: bool = False
) -> bytes:
    """The document as a PDF whose every page carries marking, reader, time and page of pages.

    Args:
        document: what the reader may see of it; its text is set as it stands, never as markup.
        language: the language of the words around it.
        layout: Typst markup in place of the layout of records; it begins with what ``frame.typ`` gives it.
        archived: make it a PDF/A-2b, which holds all that showing it needs for good.

    Raises:
        DocumentNotSetError: it is too long.
        SetUpError: the faces are missing.
    """
    if not any(FACES.glob("*.ttf")):
        raise SetUpError(f"the faces for documents are missing in {FACES}: run make setup")
    words = (
        content_of(document, language)
        if isinstance(document, ExportDocument)
        else gathered_content(document, language)
    )
    how = {"layout": layout, "standards": ["a-2b"] if archived else []}
    content = json.dumps(words | how | {"timestamp": document.exported_at.timestamp()})
    try:
        result = subprocess.run(  # noqa: S603 -- our own program, and no shell
            [sys.executable, "-I", str(FOLDER / "typesetter.py")],
            input=content.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=FOLDER,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise DocumentNotSetError("The record is too long to be set as a document.") from None
    if result.returncode or not result.stdout.startswith(b"%PDF") or len(result.stdout) > LARGEST_PDF:
        raise DocumentNotSetError("The record could not be set as a document within its limits.")
    return result.stdout
