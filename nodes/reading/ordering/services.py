"""The services an order asks for: codes where a label or a column says that they are codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from nodes.reading.ordering.pairs import Pair
from nodes.reading.ordering.spans import masked, spans

Side = Literal["left", "right", "bilateral"]
CODE = re.compile(
    r"(?<![\w.$/-])(?P<code>\d{4}[0-9FT]|[A-CEGHJKLMPQRSTV]\d{4})"
    r"(?:[- ](?P<modifiers>(?:LT|RT|50|26|TC|59|76|77|GP|GO|GN|KX|RR|NU|UE)"
    r"(?:[ ,-](?:LT|RT|50|26|TC|59|76|77|GP|GO|GN|KX|RR|NU|UE)){0,3}))?(?![\w%-]|[.]\w|/\d)"
)
PER = r"(?<!per )(?<!every )(?<!each )(?<!for )(?<!next )(?<!within )"
MANY = re.compile(
    PER + r"\b(?P<count>\d{1,3})[ ]?(?P<unit>visits?|sessions?|units?|days?|months?)\b",
    re.IGNORECASE,
)
QUANTITY = re.compile(r"\b(?:qty|quantity)\b[ :.#]{0,4}(?P<count>[1-9]\d{0,2})\b", re.IGNORECASE)
SIDES: tuple[tuple[str, Side], ...] = (
    (r"\bbilateral\b|\bbilat\b|\bboth\b", "bilateral"),
    (r"\bleft\b|\blt\b", "left"),
    (r"\bright\b|\brt\b", "right"),
)


@dataclass(frozen=True)
class Asked:
    """A service with the place of its words."""

    system: Literal["CPT", "HCPCS"]
    code: str
    start: int
    end: int
    modifiers: tuple[str, ...] = ()
    display: str | None = None
    side: Side | None = None
    count: tuple[int, str] | None = None


def services(text: str, found: list[Pair]) -> tuple[Asked, ...]:
    """List services with codes, each code once, in the order of the text."""
    text = masked(text)
    told: dict[str, Asked] = {}
    for start, words, many in sorted(spans(text, found), key=lambda one: one[:2]):
        for one in _asked(start, words, _named(start, text, found), _line(text, start)):
            told.setdefault(one.code, replace(one, count=(many, "unit")) if many else one)
    return tuple(told.values())


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0][:400]


def _asked(start: int, words: str, named: Pair | None, line: str) -> Iterator[Asked]:
    for match in CODE.finditer(words):
        display = _display(named.value) if named else None
        yield Asked(
            system="CPT" if match["code"][0].isdigit() else "HCPCS",
            code=match["code"],
            start=start + match.start("code"),
            end=start + match.end("code"),
            modifiers=tuple(re.findall(r"[A-Z0-9]{2}", match["modifiers"] or "")),
            display=display,
            side=side(f"{named.value if named else ''} {words}") or side(line),
            count=_count(words) or _count(line),
        )


def _named(start: int, text: str, found: list[Pair]) -> Pair | None:
    """Find the service's words: on the same line, else on the line before."""
    around = [one for one in found if one.field == "service" and abs(one.start - start) < 400]
    near = [
        one for one in around if text.count("\n", min(one.start, start), max(one.start, start)) <= 1
    ]
    return min(near, key=lambda pair: abs(pair.start - start), default=None)


def _display(words: str) -> str | None:
    kept = CODE.sub("", re.sub(r"\(?\b(?:CPT|HCPCS)\b[^)\n]{0,30}\)?", "", words))
    kept = " ".join(kept.split()).strip(" ,;:()-")
    return kept if re.search(r"[^\W\d]{3}", kept) else None


def side(words: str) -> Side | None:
    """Tell the side when exactly one is named."""
    named = {one for pattern, one in SIDES if re.search(pattern, words, re.IGNORECASE)}
    return named.pop() if len(named) == 1 else None


def _count(words: str) -> tuple[int, str] | None:
    if told := QUANTITY.search(words):
        return int(told["count"]), "unit"
    said = MANY.search(words)
    return (int(said["count"]), said["unit"].lower().rstrip("s")) if said else None
