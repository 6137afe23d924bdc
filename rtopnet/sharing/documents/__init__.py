"""Records as documents on paper: each page says how it may be handed on, who took it out, and when."""

from rtopnet.sharing.documents.document import (
    DocumentAttachment,
    DocumentPart,
    DocumentReply,
    DocumentSection,
    ExportDocument,
    GatheredDocument,
)
from rtopnet.sharing.documents.typesetting import DocumentNotSetError, render_document

__all__ = [
    "DocumentAttachment",
    "DocumentNotSetError",
    "DocumentPart",
    "DocumentReply",
    "DocumentSection",
    "ExportDocument",
    "GatheredDocument",
    "render_document",
]
