"""What is found wrong in a document: where it is, how it would be acknowledged, and our words."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model

Standard = Literal["TA105", "AK905", "IK304", "IK403", "IK502"]


class Finding(Model):
    """One thing wrong; it never holds a value of the document.

    Severities: an ``error`` makes the document invalid; a ``warning`` is wrong but leaves no doubt
    about what was meant (a collapsed ISA, an indent); a ``note`` is for people and asks nothing.
    Places are counted from 1 as X12 does: ISA is segment 1 of its interchange (``line``), ST is
    segment 1 of its transaction set (``segment``).
    """

    rule: str = Field(description="Stable name of the rule, such as envelope.segment-count")
    severity: Literal["error", "warning", "note"] = "error"
    words: str = Field(description="What is wrong and how to mend it; no value of the document")
    interchange: int | None = Field(default=None, ge=1, description="Which of the document's")
    group: int | None = Field(default=None, ge=1, description="Which of the interchange's")
    transaction: int | None = Field(default=None, ge=1, description="Which of the group's")
    loop: str | None = Field(default=None, description="Such as 2010C")
    line: int | None = Field(default=None, ge=1, description="Place in the interchange, ISA is 1")
    segment: int | None = Field(default=None, ge=1, description="Place in the set, ST is 1")
    segment_id: str | None = Field(default=None, description="Such as NM1; none: not an identifier")
    element: int | None = Field(default=None, ge=1)
    component: int | None = Field(default=None, ge=1)
    repetition: int | None = Field(default=None, ge=1)
    standard: Standard | None = Field(
        default=None, description="The element of a TA1 or 999 that would report it"
    )
    code: str | None = Field(default=None, description="Its code there, such as 3 or I6")

    @property
    def where(self) -> str:
        """The place as a person says it."""
        place = f"segment {self.segment or self.line or 1} ({self.segment_id or 'no id'})"
        element = f", element {self.element}" if self.element else ""
        component = f"-{self.component}" if self.component else ""
        return f"{f'loop {self.loop}, ' if self.loop else ''}{place}{element}{component}"
