"""What of a source is no evidence: words addressed to software, with the lines they rule.

The words stay in the source and a person sees them; only rules and writers do not read them.
"""

import re
from collections.abc import Iterator, Sequence

from nodes.suspicion.found import Place, places

RULING = frozenset(
    {
        "addressed_to_software",
        "role_forgery",
        "forged_review",
        "forged_record",
        "instruction",
        "delimiter",
        "dictated_fact",
        "verdict_demand",
        "override",
        "concealment",
        "exfiltration",
        "redirection",
        "forged_citation",
        "encoded",
        "invisible_characters",
    }
)
MARKS = frozenset({"role_forgery", "delimiter", "forged_record"})
LONGEST = 4000
BACK = 1000
NEAR = 200
_FOLLOWS = re.compile(
    r"[:{\[<]\s*$|\]\s*$|\b(?:the following|following|these|below|as follows|siguientes?"
    r"|suivante?s?|folgende\w*|seguintes?)\b|```|<\|?/?[a-z_]|^\s*#{2,}|^\s*[-=*]{3,}|^\s*\|",
    re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*[A-Z][A-Za-z&/ ,'()\-]{1,48}:)")
_BEFORE = re.compile(r"[.!?][\"')\]]*\s+|\n")
_AFTER = re.compile(r"[.!?](?=[\"')\]]*(?:\s|$))|\n")
_OPEN = re.compile(r"<\|?([a-zA-Z_]{2,30})[^<>\n]{0,80}>|```|\[([A-Za-z]{2,12})\]")


def withheld(text: str, found: Sequence[Place] | None = None) -> tuple[tuple[int, int], ...]:
    """Give the parts of a text that are no evidence, as character offsets, in order.

    ``found`` are its places of suspicious words where they are known already.
    """
    joined: list[tuple[int, int]] = []
    suspicious = places(text) if found is None else found
    for start, end in sorted(_part(text, place) for place in suspicious):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _apart(found: tuple[Place, ...]) -> Iterator[Place]:
    """Leave out what stands inside another of its kind, which takes as much along."""
    reach: dict[str, int] = {}
    for place in found:
        if place.end > reach.get(place.kind, -1):
            reach[place.kind] = place.end
            yield place


def evidence(text: str, found: Sequence[Place] | None = None) -> str:
    """Give a text of the same length in which what is no evidence is blank; line ends stay."""
    parts = withheld(text, found)
    if not parts:
        return text
    return "".join(_pieces(text, parts))


def _pieces(text: str, parts: tuple[tuple[int, int], ...]) -> Iterator[str]:
    done = 0
    for start, end in parts:
        yield text[done:start]
        yield re.sub(r"[^\n]", " ", text[start:end])
        done = end
    yield text[done:]


def _part(text: str, place: Place) -> tuple[int, int]:
    start, end = _sentence(text, place.start, place.end)
    if place.kind not in RULING:
        return start, end
    line = _line_end(text, end)
    if place.kind in ("forged_record", "delimiter"):
        start = text.rfind("\n", 0, start) + 1
    if opened := _OPEN.search(text, place.start, min(line, place.end + 80)):
        line = max(line, _closed(text, opened))
    many = "\n" in text[place.start : place.end].strip()
    near = text[max(start, place.start - NEAR) : min(line, place.end + NEAR)]
    if many or _FOLLOWS.search(f"{near}\n{text[max(start, line - NEAR) : line]}"):
        ends = _PARAGRAPH_END if many or place.kind in MARKS else _BLOCK_END
        block = ends.search(text, line, line + LONGEST)
        line = max(line, block.start() if block else min(len(text), line + LONGEST))
    return start, line


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a match to its sentence; the sign before it belongs to the one before."""
    while start < end and not (text[start].isalnum() or text[start] in "<[{#@*!"):
        start += 1
    before = max(0, start - BACK)
    begun = [found.end() for found in _BEFORE.finditer(text, before, start)]
    after = _AFTER.search(text, max(start, end - 1), end + LONGEST)
    return (begun[-1] if begun else before), (
        after.end() if after else min(len(text), end + LONGEST)
    )


def _line_end(text: str, place: int) -> int:
    """Find where a line ends."""
    place = max(0, place - 1)
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _closed(text: str, opened: re.Match[str]) -> int:
    """Find the end of what a tag, a mark or a fence opens."""
    name = opened[1] or opened[2]
    close = re.compile(rf"<\|?/?(?:{re.escape(name)}|im_end)\b[^<>\n]{{0,40}}>" if name else "```")
    if opened[2]:
        close = re.compile(rf"\[/(?:{re.escape(name)})\]", re.IGNORECASE)
    found = close.search(text, opened.end(), opened.end() + LONGEST)
    return found.end() if found else 0
