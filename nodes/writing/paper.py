"""A text laid out for paper: what plain text, HTML and PDF are all made from."""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from nodes.case import Provider
from nodes.prose import Section, Sentence
from nodes.writing.text import clean

WIDTH = 88
ENCLOSED = re.compile(r"\(Encl\. \d{1,2}(?:, \d{1,2}){0,20}\)")
Style = Literal["prose", "points", "numbered", "table"]
Marks = Callable[[Sentence], str]


@dataclass(frozen=True)
class Passage:
    """A titled part; ``numbered`` has a first paragraph without a number.

    ``table`` has rows instead of texts, the first of them its head.
    """

    title: str
    style: Style
    texts: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A letter or a sheet, from its letterhead to its enclosures; empty parts are left out."""

    title: str
    head: tuple[str, ...]
    dated: str
    to: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    greeting: str
    passages: tuple[Passage, ...]
    closing: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole as plain text, wrapped at blanks only: a date or a number stays whole."""
        wide = max((len(name) for name, _ in self.about), default=0) + 2
        blocks = [
            "\n".join(self.head),
            self.dated,
            "\n".join(self.to),
            "\n".join(_row(f"{name}:".ljust(wide), value) for name, value in self.about),
            self.greeting,
            *(_passage(one) for one in self.passages),
            "\n".join(self.closing),
            "\n".join(
                ["Enclosures", *(f"  {n}. {e}" for n, e in enumerate(self.enclosures, 1))]
                if self.enclosures
                else []
            ),
        ]
        return "\n\n".join(block for block in blocks if block) + "\n"


def passages(
    sections: Sequence[Section], styles: dict[str, Style], marked: Marks, untitled: str = ""
) -> tuple[Passage, ...]:
    """Lay out sections in the styles of their titles, else as prose."""
    return tuple(
        Passage(
            title="" if section.title == untitled else section.title,
            style=styles.get(section.title, "prose"),
            texts=tuple(marked(sentence) for sentence in section.sentences),
        )
        for section in sections
    )


def unbroken(text: str) -> str:
    """Keep together what no line should part: the numbers of enclosures."""
    return ENCLOSED.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def letterhead(who: Provider) -> tuple[str, ...]:
    """Name a provider and how to reach them, a line each."""
    lines = [clean(who.display)]
    if who.address:
        lines += [clean(line) for line in who.address.lines]
        lines.append(f"{clean(who.address.city)}, {who.address.state} {who.address.postal_code}")
    reach = [
        f"Phone {clean(who.phone)}" if who.phone else "",
        f"Fax {clean(who.fax)}" if who.fax else "",
    ]
    lines += [", ".join(filter(None, reach)), f"NPI {who.npi}" if who.npi else ""]
    return tuple(line for line in lines if line)


def signature(who: Provider) -> tuple[str, ...]:
    """Close a letter with a blank for the signature."""
    return (
        "Sincerely,",
        "",
        "",
        "______________________________    Date: ______________",
        clean(who.display),
        *([f"NPI {who.npi}"] if who.npi else []),
    )


def _passage(passage: Passage) -> str:
    first, *rest = passage.texts or ("",)
    if passage.style == "table":
        blocks = [_paragraph(" | ".join(row)) for row in passage.rows]
    elif passage.style == "numbered":
        blocks = [_paragraph(first)]
        blocks += [_paragraph(text, f"{n}. ") for n, text in enumerate(rest, 1)]
    elif passage.style == "points":
        blocks = [_paragraph(text, "- ") for text in passage.texts]
    else:
        blocks = [_paragraph(" ".join(passage.texts))]
    return "\n".join([passage.title, *blocks] if passage.title else blocks)


def _row(lead: str, value: str) -> str:
    return _paragraph(value, lead)


def _paragraph(text: str, lead: str = "") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
        break_long_words=False,
    )
