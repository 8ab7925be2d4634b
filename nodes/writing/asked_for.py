"""What a payer asks for, item by item: its words, and the kinds of document they name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import StringConstraints

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import FactKind
from nodes.datafile import parse
from nodes.decision import Document
from nodes.writing.asked_agreement import Wish, wish
from nodes.writing.asked_case import is_of_case
from nodes.writing.text import clean, excerpt, fold

Word = Annotated[str, StringConstraints(min_length=2, max_length=60)]
GENERAL = "visit"
APART = re.compile(r"[^\w/%-]+")
HEAD = re.compile(r"\b(?:reports?|notes?|records?|results?|films?|images?|scores?|codes?)$")


class Kind(Model):
    """A kind of document or finding, and by what it is asked for and answered."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    words: Text
    named: tuple[Word, ...]
    reports: tuple[str, ...] = ()
    loinc: tuple[str, ...] = ()
    facts: tuple[FactKind, ...] = ()
    said: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    must: tuple[Literal["match", "every"], ...] = ()
    over: tuple[str, ...] = ()

    @property
    def strict(self) -> bool:
        """Whether an answer must be of this kind, whatever else is named."""
        return "match" in self.must

    @property
    def every(self) -> bool:
        """Whether an answer must have each word that is asked for."""
        return "every" in self.must

    def spoken(self, words: str) -> bool:
        """Say whether folded words are of this kind: by the beginnings of words, not within."""
        for phrase in self.never:
            words = words.replace(phrase, " ")
        return any(re.search(rf"(?<![a-z]){re.escape(part)}", words) for part in self.said)


class AskedKinds(Model):
    """The file of kinds."""

    id: str
    version: Text
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Asked:
    """One thing a payer asks for: its words, or a code with our words for it."""

    words: str
    kinds: tuple[Kind, ...]
    quoted: bool = True
    number: str | None = None

    @cached_property
    def wish(self) -> Wish:
        """What the words fix about an answer."""
        return wish(self.words if self.quoted else self.words.partition(" (")[0])

    @property
    def lead(self) -> str:
        """Say what was asked for."""
        number = f" (control number {clean(self.number)})" if self.number else ""
        return (
            f'You asked for "{self.words}"{number}'
            if self.quoted
            else (f"You asked for {self.words}{number}")
        )


def items(words: Iterable[str]) -> list[Asked]:
    """Split a payer's words into the things they ask for: those that name a kind we know."""
    found: dict[str, Asked] = {}
    for said_words in words:
        for one in _pieces(clean(said_words)):
            if one.kinds or is_of_case(one.words):
                found.setdefault(fold(one.words), one)
    return list(found.values())


def free(lines: Iterable[str]) -> list[Asked]:
    """Take each line as one thing asked for, or as several where each part names its own."""
    shown = [excerpt(clean(line).strip(" -*."), 300)[0] for line in lines]
    return [one for line in shown if line for one in _parted(line)]


def _parted(line: str) -> list[Asked]:
    parts = _pieces(line)
    told = {(kinds, one.wish.parts, one.wish.means): one for one in parts if (kinds := one.kinds)}
    of_case = [one for one in parts if is_of_case(one.words)]
    apart = len(told) == len(parts) or len(of_case) == len(parts)
    return parts if len(parts) > 1 and apart else [Asked(line, _named(line))]


def of_document(document: Document) -> Asked:
    """Read a document asked for by report type or LOINC code."""
    kinds = tuple(
        kind for kind in table() if document.report in kind.reports or document.loinc in kind.loinc
    )
    said_words = document.description
    code = f"report type {document.report}" if document.report else f"LOINC {document.loinc}"
    ours = document.words or (kinds[0].words if kinds else "a document")
    if said_words:
        return Asked(clean(said_words), kinds or _named(said_words), number=document.control_number)
    return Asked(f"{clean(ours)} ({code})", kinds, quoted=False, number=document.control_number)


def _pieces(text: str) -> list[Asked]:
    """Split at list marks and stops; in "A and B report" both are reports."""
    parts = re.split(r"(?:^|\s)\(?\d{1,2}[.)]\s|([;\n\u2022]|(?<=[a-z)])\.\s|,\s|\sand\s)", text)
    pieces = [(part or "").strip(" .:-,") for part in parts]
    kept = [piece for piece in pieces if len(piece) > 1 and piece != "and"]
    found = []
    for here, following in zip(kept, [*kept[1:], ""], strict=True):
        head = HEAD.search(fold(following))
        shared = f"{here} {head[0]}" if head and _bare(here) else here
        found.append(Asked(shared, _named(shared), quoted=shared == here))
    return found


def _bare(piece: str) -> bool:
    """Say whether a piece is short and names what a report is of, and no report."""
    named = wish(piece)
    return len(piece.split()) < 5 and bool(named.means) and not HEAD.search(fold(piece))


def _named(text: str) -> tuple[Kind, ...]:
    words = f" {re.sub(APART, ' ', fold(text))} "
    found = [kind for kind in table() if any(name in words for name in kind.named)]
    over = {name for kind in found for name in kind.over}
    kept = [kind for kind in found if kind.id not in over]
    return tuple([kind for kind in kept if kind.id != GENERAL] or kept)


@cache
def table() -> tuple[Kind, ...]:
    """The kinds, in the order of the file."""
    raw = (files("nodes.writing") / "asked_kinds.yaml").read_bytes()
    return parse(raw, AskedKinds, "asked kinds", "asked_kinds.yaml").kinds


def everything(
    documents: Sequence[Document], words: Sequence[str], lines: Sequence[str]
) -> list[Asked]:
    """List all that is asked for: documents by code, a notice's words, and free lines, once."""
    every = [*(of_document(one) for one in documents), *items(words), *free(lines)]
    return list({fold(f"{one.words} {one.number or ''}"): one for one in every}.values())
