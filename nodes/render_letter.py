"""Render a letter as PDF, HTML and Word document."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from nodes.case import Case, Text
from nodes.chart import Chart
from nodes.node import Day, Request, Response
from nodes.pdf.drawn.fonts import unprintable
from nodes.pdf.letter import pages
from nodes.pdf.rendered import Format, rendered
from nodes.prose import Letter, Rendered
from nodes.suspicion.found import told
from nodes.writing.letter import lay_out_again
from nodes.writing.own_letter import LetterRow, OwnLetter, lay_out_own
from nodes.writing.paper import Paper


class RenderLetterRequest(Request):
    """One letter: as a drafting node wrote it and a person changed it, or one's own."""

    letter: Letter | None = Field(
        default=None, description="From draft-appeal or draft-follow-up; its sections are rendered"
    )
    case: Case | None = Field(default=None, description="Needed with letter: sender and patient")
    chart: Chart | None = Field(
        default=None,
        description="With letter: names and numbers the enclosures anew, as its sentences cite"
        " them; none: the letter's own list, without numbers in the text",
    )
    about: tuple[LetterRow, ...] = Field(
        default=(), max_length=30, description="With letter: further references and days"
    )
    greeting: Annotated[str, StringConstraints(max_length=500)] = Field(
        default="To the Medical Director:", description="With letter"
    )
    own: OwnLetter | None = None
    as_of: Day | None = Field(default=None, description="The day it is dated, if any")
    formats: tuple[Format, ...] = Field(default=("pdf",), min_length=1, max_length=3)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.letter is None) == (self.own is None):
            raise ValueError("give letter or own, one of the two")
        if self.letter is not None and self.case is None:
            raise ValueError("a letter needs its case")
        return self


class RenderLetterResponse(Response):
    """The letter in the formats asked for."""

    documents: tuple[Rendered, ...]
    text: str = Field(description="The same letter as plain text")
    pages: int = Field(ge=1, description="Of the PDF")
    unprintable: tuple[Text, ...] = Field(
        default=(),
        description="Lines with a character that the PDF's fonts lack and show as U+FFFD",
    )
    warnings: tuple[Text, ...] = Field(
        default=(), description="Kinds of words in it that are addressed to software"
    )


def render_letter(request: RenderLetterRequest) -> RenderLetterResponse:
    """Lay a letter out on letter paper and write it as PDF, HTML and DOCX from one model.

    The PDF is tagged (PDF/UA-1), with its fonts, its language and title; headings, lists, tables
    and page numbers are those of the format in all three. What a text says is printed, never
    interpreted: markup, scripts and fields in it are words. The signature is blank. The same
    letter gives the same bytes.
    """
    paper = _paper(request)
    return RenderLetterResponse(
        documents=rendered(paper, request.formats, "letter"),
        text=paper.text,
        pages=pages(paper),
        unprintable=tuple(_unprintable(paper)),
        warnings=told([("letter", paper.text)]),
    )


def _paper(request: RenderLetterRequest) -> Paper:
    if request.letter is None or request.case is None:
        assert request.own is not None
        return lay_out_own(request.own, request.as_of)
    return lay_out_again(
        request.case,
        request.letter,
        request.chart.notes if request.chart else None,
        on=request.as_of,
        about=[(row.name, row.value) for row in request.about],
        greeting=request.greeting,
    )


def _unprintable(paper: Paper) -> list[str]:
    """Say in which lines of the plain text, counted from 1, and no word of them."""
    lines = paper.text.splitlines()
    return [f"line {n}" for n, line in enumerate(lines, 1) if unprintable(line)][:200]
