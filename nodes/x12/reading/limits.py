"""How much X12 is read at most; beyond it a text is refused, never cut."""

from typing import Annotated

from pydantic import Field

from nodes.audit import Model

Count = Annotated[int, Field(ge=1, le=1 << 40)]


class Limits(Model):
    """What is read at most; every number can be set under ``x12:`` in the settings file."""

    characters: Count = Field(default=5_000_000, description="Of the whole text; bytes of a file")
    segments: Count = Field(default=200_000, description="Of the whole text, empty ones too")
    segment_characters: Count = Field(default=200_000, description="Of one segment but BIN and BDS")
    binary: Count = Field(default=4_000_000, description="Bytes of data in one BIN or BDS")
    elements: Count = Field(default=200, description="Of one segment")
    parts: Count = Field(default=1_000, description="Components and repetitions of one element")
    depth: Annotated[int, Field(ge=1, le=200)] = Field(default=20, description="Of the HL tree")
    findings: Count = Field(default=100, description="Errors listed, and as many others")
    control_numbers: Count = Field(
        default=100_000, description="Out of sequence: so many are remembered to find repeats"
    )


class X12(Model):
    """Limits for documents held in memory, and for streams read segment by segment."""

    document: Limits = Limits()
    stream: Limits = Limits(
        characters=1_000_000_000, segments=50_000_000, binary=32_000_000, segment_characters=1 << 20
    )
    checked: Count = Field(
        default=50_000, description="Segments of a document held against guides; a note says so"
    )
