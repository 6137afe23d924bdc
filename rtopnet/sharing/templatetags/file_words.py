"""Words for the kinds of files and for what was found out about them."""

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.files.kinds import OFFICE
from rtopnet.sharing.queries import MetadataWarning

register = template.Library()

KINDS = {
    "application/pdf": _("PDF document"),
    "application/zip": _("ZIP archive"),
    "application/vnd.oasis.opendocument.text": _("OpenDocument text"),
    "application/vnd.oasis.opendocument.spreadsheet": _("OpenDocument spreadsheet"),
    f"{OFFICE}wordprocessingml.document": _("Word document"),
    f"{OFFICE}spreadsheetml.sheet": _("Excel workbook"),
    f"{OFFICE}presentationml.presentation": _("PowerPoint presentation"),
    "application/vnd.microsoft.portable-executable": _("Windows program"),
    "application/x-elf": _("Linux program"),
    "application/octet-stream": _("unknown type"),
    "image/jpeg": _("JPEG image"),
    "image/png": _("PNG image"),
    "image/gif": _("GIF image"),
    "image/webp": _("WebP image"),
    "image/tiff": _("TIFF image"),
    "image/heic": _("HEIC image"),
    "image/svg+xml": _("SVG drawing"),
    "text/html": _("web page"),
    "text/plain": _("plain text"),
    "text/csv": _("CSV table"),
    "video/mp4": _("MP4 video"),
    "audio/mpeg": _("MP3 sound"),
}
FACTS = {
    "place": _("Where it was made"),
    "time": _("When it was made"),
    "camera": _("With which device"),
    "author": _("Who made it"),
    "organisation": _("For which organisation"),
    "program": _("With which program"),
    "words": _("Words inside"),
}
TOLD = {
    "place": _("where it was made"),
    "time": _("when it was made"),
    "camera": _("with which device"),
    "author": _("who made it"),
    "organisation": _("for which organisation"),
    "program": _("with which program"),
    "words": _("words that one does not see"),
}


@register.filter
def type_word(kind: str) -> str:
    """What people call a media type; the type itself where they have no word."""
    return str(KINDS.get(kind, kind))


@register.filter
def fact_word(about: str) -> str:
    """What a fact in a file's metadata is about."""
    return str(FACTS.get(about, about))


@register.filter
def what_it_tells(warning: MetadataWarning) -> str:
    """One sentence, such as "It says where it was made and with which device"."""
    told = list(dict.fromkeys(str(TOLD.get(fact.about, fact.about)) for fact in warning.facts))
    return gettext("It says %(what)s.") % {"what": get_text_list(told, gettext("and"))}
