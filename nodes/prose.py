"""Prose whose every sentence says where it comes from."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.reference import Reference


class Citation(Model):
    """A fact, and its words that carry the sentence."""

    fact: Reference
    quote: str = Field(min_length=1, max_length=2000)


class Sentence(Model):
    """One sentence. Without citations it may only say what the case or the policy says itself."""

    id: str = Field(pattern=r"^s[0-9]+$", description="Stable within the text: s1, s2 ...")
    text: str = Field(min_length=1, max_length=2000)
    basis: Literal["chart", "case", "policy", "decision", "reviewer", "form"] = "chart"
    citations: tuple[Citation, ...] = ()


class Section(Model):
    """A titled part of a text."""

    title: Text
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences as plain text."""
        return " ".join(sentence.text for sentence in self.sentences)


class Omission(Model):
    """Something left out of a text, and why."""

    what: Text
    why: Text


Writer = Literal["auto", "deterministic", "model"]


class Writing(Model):
    """Who wrote a text, and what happened when a model was asked to.

    ``problem`` is a code without a word of the answer, such as refused, truncated or overloaded;
    the deterministic writer then wrote instead.
    """

    writer: Literal["deterministic", "model"] = "deterministic"
    asked: bool = False
    model: str | None = None
    problem: str | None = Field(default=None, max_length=200)
    dropped: int = Field(default=0, ge=0, description="Sentences of the model that did not hold")
    restored: int = Field(
        default=0, ge=0, description="Deterministic sentences put where a required one was lost"
    )
    input_tokens: int | None = Field(default=None, ge=0)
    output_tokens: int | None = Field(default=None, ge=0)


class Rendered(Model):
    """A text as a file: HTML without scripts or links, PDF to send, or DOCX to change."""

    media_type: Literal[
        "text/plain",
        "text/html",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    filename: Text = Field(description="No PHI in it")
    data: str = Field(description="The text itself; PDF and DOCX as base64")


class Summary(Model):
    """The payer-focused clinical summary."""

    writer: Literal["deterministic", "model"]
    sections: tuple[Section, ...]
    omissions: tuple[Omission, ...] = ()

    @property
    def text(self) -> str:
        """The whole summary as plain text."""
        return "\n\n".join(
            f"{section.title}\n{section.text}" for section in self.sections if section.sentences
        )


class Letter(Model):
    """A letter to a payer."""

    writer: Literal["deterministic", "model"]
    to: tuple[str, ...] = Field(description="Addressee, one line each")
    subject: Text
    sections: tuple[Section, ...]
    enclosures: tuple[str, ...] = ()
    text: str = Field(description="The letter as it would be sent, plain text")
