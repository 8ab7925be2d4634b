"""A document as read: its pages with every word's place, its kind, tables and form values."""

from typing import Annotated, Literal

from pydantic import Field

from nodes.audit import Model, Sha256
from nodes.case import Text
from nodes.entity import Said

Corners = tuple[float, float, float, float]
Share = Annotated[float, Field(ge=0, le=1)]
Kind = Literal[
    "order",
    "visit_note",
    "lab",
    "imaging_report",
    "denial_letter",
    "approval_letter",
    "information_request",
    "payer_form",
    "insurance_card",
    "unknown",
]
ReadBy = Literal["text_layer", "ocr", "content", "none"]


class PageWord(Model):
    """A word and its box: left, top, right, bottom in points from the page's upper left corner."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    box: Corners
    confidence: Share | None = Field(
        default=None, description="The OCR engine's own; none for text that was not recognised"
    )


class DocumentPage(Model):
    """One page as a person sees it, upright."""

    number: int = Field(ge=1)
    width: float | None = Field(default=None, description="Points; none where there is no paper")
    height: float | None = None
    read_by: ReadBy
    text: str = Field(max_length=4_000_000, description="Lines in reading order, LF between")
    words: tuple[PageWord, ...] = ()
    confidence: Share | None = Field(
        default=None, description="Mean of its words', weighted by their length"
    )


class PageTable(Model):
    """A table on a page, row by row; an empty cell is an empty text."""

    page: int = Field(ge=1)
    box: Corners | None = None
    rows: tuple[tuple[str, ...], ...]


class FormValue(Model):
    """What somebody entered: in a field, as a tick, or as an annotation laid over the page.

    ``printed`` is a labelled value that stands in the page's own words, as on an insurance card.
    """

    page: int = Field(ge=1)
    name: str = Field(description="Full field name; empty for an annotation")
    label: Text | None = None
    value: str | None = Field(
        default=None,
        description="None: it is there and is empty, not ticked, not signed; of a box its state",
    )
    kind: Literal["text", "box", "choice", "annotation", "signature", "printed"]
    box: Corners | None = None
    path: str | None = Field(
        default=None, description="Where a known form's template says it belongs: case.patient.name"
    )
    confidence: Share | None = Field(
        default=None, description="Lowest of its words'; none for text that was not recognised"
    )


class KindReason(Model):
    """Words that speak for a kind of document."""

    kind: Kind
    page: int = Field(ge=1)
    said: Said
    weight: float


class DocumentPart(Model):
    """Pages that belong together in a bundle such as a fax, and what they are."""

    first: int = Field(ge=1, description="Page number")
    last: int = Field(ge=1)
    kind: Kind
    cover: bool = Field(default=False, description="A fax cover sheet: no content of the record")
    start: int = Field(ge=0, description="Where its text begins in the whole document's text")
    end: int = Field(ge=0)


class ReadDocument(Model):
    """One document, read. Offsets of its reasons are those of the page's text."""

    sha256: Sha256 = Field(description="Of the bytes that were read")
    media_type: Text
    kind: Kind
    reasons: tuple[KindReason, ...] = ()
    pages: tuple[DocumentPage, ...]
    parts: tuple[DocumentPart, ...] = Field(
        default=(), description="Runs of pages of one kind, in order; all pages are in one of them"
    )
    tables: tuple[PageTable, ...] = ()
    values: tuple[FormValue, ...] = ()
    template: str | None = Field(
        default=None, description="The form template whose filled form this is"
    )
    must_look: tuple[Text, ...] = Field(
        default=(), description="Why a person must look at the document itself; none: need not"
    )

    @property
    def text(self) -> str:
        """All pages' text, a blank line between two."""
        return "\n\n".join(page.text for page in self.pages if page.text)
