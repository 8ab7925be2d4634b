"""The text a policy is drafted from, page by page: where a quote stands, and what speaks to us."""

import re
from dataclasses import dataclass
from itertools import pairwise

from nodes.suspicion.found import UNSEEN, suspicious
from nodes.writing.text import clean, contains, fold

SHORTEST = 15
_SPEAKS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,40}\b(?:instruction|prompt|rule|above"
    r"|previous|criteria|polic)|\b(?:system|developer) (?:prompt|message)\b"
    r"|\b(?:ai|language) (?:model|assistant|system)\b|\bas an? (?:ai|assistant|llm)\b"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|claude|chatgpt|reviewer|the (?:model|system))\b"
    r"|\bapprove (?:all|any|each|every(?:thing|one)?)\b|\b(?:mark|treat|consider|report)\b"
    r"[^.]{0,30}\b(?:all|every|any)\b[^.]{0,30}\bas (?:met|approved|satisfied)\b"
    r"|\bignor[ae] (?:las|todas)\b|<\s*/?\s*(?:system|source|instructions?)\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]")


@dataclass(frozen=True)
class SourceText:
    """Pages of one text; a plain text is one page and has no page numbers."""

    pages: tuple[str, ...]
    numbered: bool = False

    def place(self, quote: str) -> int | None:
        """The number of the page on which a quote stands word for word, or begins."""
        if len(clean(quote)) < SHORTEST:
            return None
        over = [f"{page}\n{after}" for page, after in pairwise(self.pages)]
        for pages in (self.pages, over):
            for number, page in enumerate(pages, 1):
                if contains(page, quote):
                    return number
        return None

    def has(self, code: str) -> bool:
        """Say whether a code stands in the text as a word."""
        word = re.escape(fold(code))
        return any(re.search(rf"(?<![\w.]){word}(?!\w|\.\d)", fold(page)) for page in self.pages)

    def warnings(self) -> list[str]:
        """List the pages that hold instructions to a reader, or characters nobody sees."""
        found = []
        for number, page in enumerate(self.pages, 1):
            where = f"page {number}" if self.numbered else "the text"
            if speaks(page):
                found.append(f"{where} holds words that give instructions to a reader or program")
            if _UNSEEN.search(page):
                found.append(f"{where} holds characters that nobody sees")
        return found

    def shown(self) -> str:
        """The text as it is asked about: without what nobody sees, pages marked."""
        pages = [visible(page) for page in self.pages]
        if not self.numbered:
            return "\n".join(pages)
        return "\n\n".join(f"[page {number}]\n{page}" for number, page in enumerate(pages, 1))


def speaks(text: str) -> bool:
    """Say whether a text gives instructions to its reader rather than criteria."""
    return bool(_SPEAKS.search(fold(text)) or {*suspicious(text)} - {UNSEEN})


def visible(text: str) -> str:
    """Drop hidden characters, line by line."""
    return "\n".join(clean(line) for line in text.splitlines())
