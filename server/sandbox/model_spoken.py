"""Sentences as the API gives them: blocks of text, and the citations they carry."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A piece of a search result, and what a citation of it says."""

    text: str
    kind: str
    result: int
    piece: int
    source: str
    title: str

    def citation(self) -> Json:
        """Point to it as the API does."""
        return {
            "type": "search_result_location",
            "cited_text": self.text,
            "source": self.source,
            "title": self.title,
            "search_result_index": self.result,
            "start_block_index": self.piece,
            "end_block_index": self.piece + 1,
        }


@dataclass(frozen=True)
class Uttered:
    """A sentence, the blocks it is given in, and which lie it is, if any."""

    text: str
    blocks: tuple[Json, ...]
    lie: str | None = None


def said(
    text: str,
    place: Place,
    *,
    lead: str = "",
    tail: str = "",
    lie: str | None = None,
    **turned: Any,
) -> Uttered:
    """Put a sentence in blocks: what cites, and what does not before and after it."""
    cited: Json = {"type": "text", "text": text, "citations": [place.citation() | turned]}
    around: list[Json] = [
        {"type": "text", "text": part, "citations": None} for part in (lead, tail + "\n")
    ]
    blocks = [around[0], cited, around[1]] if lead else [cited, around[1]]
    return Uttered(lead + text + tail, tuple(blocks), lie)


def stopped(text: str) -> str:
    """Close a sentence."""
    return text if text.endswith((".", "!", "?")) else text + "."


def opened(text: str) -> str:
    """Take the stop off."""
    return text.rstrip(" .;,")
