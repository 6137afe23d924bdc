"""Transmitted advice as it goes over the API: every field named."""

from base64 import b64encode
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from rtopnet.advice import public as advice
from rtopnet.kernel.wire import Incoming, ShortWords


class AdviceWordsIn(Incoming):
    """A word to the network; it may be empty."""

    words: ShortWords = ""


class AdviceAnswerIn(Incoming):
    """The office's answer."""

    words: Annotated[ShortWords, Field(min_length=1, pattern=r"\S")]


class AdviceListed(Schema):
    """A transmission in a list."""

    id: UUID
    reference: str
    title: str
    form: str
    stage: advice.Stage
    transmitted_at: datetime


class AdvicePage(Schema):
    """Some transmissions; `next` asks for those after them."""

    items: list[AdviceListed]
    next: str | None


class AdviceStepOut(Schema):
    """What was done after the transmission: acknowledged, answered or closed."""

    what: str
    who: dict[str, str]
    words: str
    at: datetime


class AdviceOut(AdviceListed):
    """A transmission with its text, and what came of it."""

    marking: str
    office: UUID
    owner: UUID
    body: str
    due_at: datetime | None = Field(description="By when the office is asked to act, where it is its turn.")
    steps: list[AdviceStepOut]


class AdviceFileOut(Schema):
    """A file as it was signed; the signature of `NAME` is the file `NAME.sig.json`."""

    name: str
    media_type: str
    sha256: str
    content: str = Field(description="In base64.")


def listed_out(line: advice.AdviceLine) -> AdviceListed:
    """A line of the list."""
    return AdviceListed(
        id=line.record,
        reference=line.reference,
        title=line.title,
        form=line.form_key,
        stage=line.stage,
        transmitted_at=line.at,
    )


def advice_out(page: advice.SentPage) -> AdviceOut:
    """A transmission in full."""
    return AdviceOut(
        id=page.record,
        reference=page.reference,
        title=page.sheet.title,
        form=page.form,
        stage=page.stage,
        transmitted_at=page.transmitted_at,
        marking=f"TLP:{page.sheet.marking.name.replace('_', '+')}",
        office=page.office,
        owner=page.sheet.owner,
        body=page.sheet.body,
        due_at=page.due_at,
        steps=[AdviceStepOut(what=one.what, who=one.who, words=one.words, at=one.at) for one in page.steps],
    )


def files_out(page: advice.SentPage) -> list[AdviceFileOut]:
    """The files of a transmission."""
    digests = {file.name: file.sha256 for file in page.files}
    return [
        AdviceFileOut(name=name, media_type=kind, sha256=digests[name], content=b64encode(content).decode())
        for name, kind, content in advice.file_contents(page.record)
    ]
