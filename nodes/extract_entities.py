"""What does a text say: diagnoses, treatments with their response, who ordered, which numbers?"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.case import Text
from nodes.chart import Note
from nodes.entity import Entity
from nodes.extraction.confidence import used
from nodes.extraction.fields import SlotFields, overview
from nodes.extraction.labels import wrong_npis
from nodes.extraction.reading import read, written_on
from nodes.extraction.vocabulary import asked
from nodes.node import Day, Request, Response
from nodes.suspicion.found import Place, places, warned

Term = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True, pattern=r"[^\W_]")
]
Document = Literal[
    "progress_note", "pt_discharge", "imaging_report", "fax", "portal_form", "call_note", "letter",
    "other",
]  # fmt: skip
_TEXT = "DocumentReference/text"


class ExtractEntitiesRequest(Request):
    """A text, or notes of a chart; ``terms`` are plain words whose every place is judged, too."""

    text: str | None = Field(default=None, min_length=1, max_length=400_000)
    title: Text = "text"
    kind: Document = Field(
        default="other", description="Who signs an imaging_report did not order it"
    )
    notes: tuple[Note, ...] = Field(default=(), max_length=200)
    as_of: Day | None = Field(
        default=None, description="The day the text is of: what counts as past, dates without year"
    )
    terms: tuple[Term, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (not self.notes):
            raise ValueError("give either text or notes")
        return self


class ExtractEntitiesResponse(Response):
    """Every place that names something, in order, and an overview by slot."""

    entities: tuple[Entity, ...]
    fields: tuple[SlotFields, ...]
    warnings: tuple[Text, ...] = ()


def extract_entities(request: ExtractEntitiesRequest) -> ExtractEntitiesResponse:
    """List what a text says, each with how it is meant, its words and their offsets.

    By rules alone, no model: dictionaries, shapes of words and numbers behind labels. Offsets are
    characters of the text as given. A code is only there when the text gives it; an NPI must pass
    its check digit. ``confidence`` is measured on a stated set or absent.
    """
    terms = asked(request.terms)
    notes = request.notes or (_note(request),)
    suspicious = [places(note.text) for note in notes]
    found = [
        one
        for note, near in zip(notes, suspicious, strict=True)
        for one in read(note, terms, note.id if request.notes else None, near)
    ]
    entities = [one for one in found if not _reader(one, request.kind)]
    return ExtractEntitiesResponse(
        entities=tuple(entities),
        fields=overview(entities),
        warnings=_warnings(notes, suspicious, bool(request.notes)),
        used=(used(),),
    )


def _note(request: ExtractEntitiesRequest) -> Note:
    text = request.text or ""
    return Note(id=_TEXT, title=request.title, written=written_on(text, request.as_of), text=text)


def _reader(entity: Entity, kind: Document) -> bool:
    """Whether it is who signed a report of images: they read it, another one ordered it."""
    signed = entity.slot == "ordering_clinician" and entity.kind in ("signed", "credentialed")
    return signed and kind == "imaging_report"


def _warnings(
    notes: tuple[Note, ...], suspicious: list[tuple[Place, ...]], named: bool
) -> tuple[str, ...]:
    seen = zip(notes, suspicious, strict=True)
    found = list(warned((note.id if named else "text", note.text, near) for note, near in seen))
    for note in notes:
        if wrong_npis(note.text):
            found.append(f"npi_fails_its_check_digit: {note.id if named else 'text'}")
    return tuple(found)
