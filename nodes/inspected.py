"""An inspected form: its places to write and tick, what each is called, what might go there."""

from typing import Annotated, Literal

from pydantic import Field

from nodes.audit import Model, Sha256
from nodes.case import Text
from nodes.document import Corners, Share

PlaceKind = Literal["text", "box", "radio", "list", "signature", "button"]
Standing = Literal["proposed", "weak", "unknown", "signature", "cleared"]
LabelBy = Literal["tooltip", "printed", "name"]


class PlaceLabel(Model):
    """What a place may be called, and by whom.

    ``score``: how far labels of its kind are trusted, set by hand; it orders labels and says when
    a proposal is weak, and is no probability.
    """

    text: Annotated[str, Field(max_length=2000)]
    by: LabelBy
    score: Share


class InspectedField(Model):
    """One place on the form, with the number it has in the picture."""

    number: int = Field(ge=1)
    name: str = Field(description="Full field name; of a flat form p1.7, made up")
    kind: PlaceKind
    page: int = Field(ge=1)
    box: Corners = Field(description="Left, top, right, bottom in points from the upper left")
    states: tuple[str, ...] = Field(default=(), description="Exact states of a box, with slash")
    options: tuple[str, ...] = Field(default=(), description="What a list offers, the first 200")
    max_length: int | None = None
    cells: int | None = Field(default=None, description="One letter each: how many")
    required: bool = False
    multiline: bool = False
    hidden: bool = False
    tooltip: str | None = None
    labels: tuple[PlaceLabel, ...] = Field(default=(), description="The best first")
    question: str | None = Field(default=None, description="What a box is an answer to")
    row: int | None = Field(default=None, description="Of a table, from 1")
    above: tuple[str, ...] = Field(default=(), description="Headings it is under, nearest first")
    standing: Standing
    entry: str | None = Field(default=None, description="Id in the proposed mapping")
    path: str | None = None
    score: Share | None = None
    reason: str | None = None


class ProposalPicture(Model):
    """A page with the proposal drawn over it, as PNG."""

    page: int = Field(ge=1)
    png_base64: str


class InspectedForm(Model):
    """A form as inspected, with a mapping.yaml to begin with."""

    sha256: Sha256
    template: str
    title: Text
    flat: bool = Field(description="It has no fields: those here are what its lines suggest")
    request: bool = Field(description="It asks a payer; else only the patient's fields are ours")
    pages: int = Field(ge=0)
    fields: tuple[InspectedField, ...]
    mapping: str = Field(description="mapping.yaml: a proposal, to be read before it is used")
    pictures: tuple[ProposalPicture, ...] = ()
    notes: tuple[Text, ...] = Field(default=(), description="What was not read, and why")
