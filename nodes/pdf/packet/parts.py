"""What is bound into a packet, and what came of it."""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from nodes.audit import Model
from nodes.case import Case, Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Media = Literal[
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "text/plain",
    "text/html",
    "text/rtf",
    "application/rtf",
    "application/hl7-cda+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]


class Enclosed(Model):
    """A document to send along: PDF, picture (TIFF with all its pages), or a text to be drawn.

    Of RTF, HTML, CDA and DOCX the words are drawn, not the layout or the pictures in it.
    """

    title: Text = Field(description="As the cover sheet lists it")
    media_type: Media
    data_base64: str = Field(max_length=28_000_000, description="Of at most 20 MB")

    @field_validator("data_base64")
    @classmethod
    def _base64(cls, value: str) -> str:
        try:
            base64.b64decode(value, validate=True)
        except ValueError:
            raise ValueError("must be base64") from None
        return value


class IndexEntry(Model):
    """A part of a packet: its first page, counted from the cover sheet, and how many it has."""

    title: Text
    page: int = Field(ge=1)
    pages: int = Field(ge=1)


class NotEnclosed(Model):
    """A document that could not be bound; the cover sheet for the payer does not name it."""

    title: Text
    pointer: str = Field(description="Where in the request it stands (RFC 6901)")
    why: Text


@dataclass(frozen=True)
class Part:
    """One document of a packet.

    ``own``: we drew it, with free margins, so that it is not made smaller. ``needed``: without it
    there is no packet. ``look``: whether the foot of each page is free is looked at. ``fault``: why
    it cannot be bound at all.
    """

    title: str
    data: bytes
    media_type: Media = "application/pdf"
    pointer: str = ""
    own: bool = False
    needed: bool = False
    look: bool = False
    fault: str | None = None


@dataclass(frozen=True)
class PacketParts:
    """What goes into a packet, in this order behind the cover sheet.

    ``to``: whom it goes to, a line each, below the payer's name. ``limit_pages`` and ``limit_mb``:
    what the payer's fax or portal takes.
    """

    case: Case
    parts: tuple[Part, ...]
    on: date | None = None
    to: tuple[str, ...] = ()
    limit_pages: int | None = None
    limit_mb: float | None = None


@dataclass(frozen=True)
class Bound:
    """The packet; ``beyond`` says in words which limit of the payer's it exceeds, and by what."""

    pdf: bytes
    pages: int
    index: tuple[IndexEntry, ...]
    refused: tuple[NotEnclosed, ...] = ()
    beyond: tuple[str, ...] = ()


def part_of(enclosed: Enclosed, pointer: str) -> Part:
    """Make a part of a document as a request gives it."""
    return Part(
        title=enclosed.title,
        data=base64.b64decode(enclosed.data_base64),
        media_type=enclosed.media_type,
        pointer=pointer,
    )
