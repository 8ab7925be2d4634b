"""The documents of a bundle: which pages belong together, and what kind each is."""

import re
from dataclasses import dataclass, field

from nodes.audit import Used
from nodes.document import Kind, KindReason
from nodes.reading.cues import COVER, KINDS, table
from nodes.reading.judging import PageKind, weighed
from nodes.reading.source import Source
from nodes.reading.speech import spoken

NUMBERED = re.compile(
    r"\bp(?:age|g\.?)\s{0,2}([0-9]{1,3})\s{1,2}(?:of|/)\s{1,2}([0-9]{1,3})\b", re.I
)
NEW_TITLE = 3.0
NEW_WEIGHT = 4.0
AHEAD = 1.5
FOLLOWING = 0.7
COVERED = 6.0
WORDS_OF_COVER = 220
MOST_REASONS = 12
CERTAIN = 100.0


@dataclass
class Part:
    """A run of pages, its weights so far, and what it is."""

    first: int
    last: int
    cover: bool = False
    kind: Kind = "unknown"
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """What kind of document it is, of which parts, and why."""

    kind: Kind
    close: bool
    reasons: tuple[KindReason, ...]
    parts: tuple[Part, ...]
    used: tuple[Used, ...]


def judged(source: Source) -> Judged:
    """Tell a document's kind: of a bundle that of its first part that is known."""
    pages = [_certain(weighed(page), page.number in source.form_pages) for page in source.pages]
    parts: list[Part] = []
    for at, page in enumerate(pages):
        if _begins(parts, page, source.pages[at].text, source.pages[at - 1].text if at else ""):
            number = source.pages[at].number
            parts.append(Part(number, number, _is_cover(page), weights=dict(page.weights)))
        else:
            _join(parts[-1], page, source.pages[at].number)
    for part in parts:
        part.kind = "unknown" if part.cover else _kind(part.weights)
    parts = _joined(parts)
    used = (table().used, spoken().used)
    kind: Kind = next((part.kind for part in parts if part.kind != "unknown"), "unknown")
    return Judged(kind, _close(parts), _reasons(pages, parts), tuple(parts), used)


def _certain(page: PageKind, is_form: bool) -> PageKind:
    """A page of a form that is known here is a form's, whatever its words."""
    if is_form:
        page.weights = dict.fromkeys(page.weights, 0.0) | {"payer_form": CERTAIN}
        page.headed = dict.fromkeys(page.headed, 0.0) | {"payer_form": CERTAIN}
    return page


def _begins(parts: list[Part], page: PageKind, text: str, before: str) -> bool:
    """Whether a page begins another document."""
    if not parts or parts[-1].cover:
        return True
    if _is_cover(page):
        return True
    mine, theirs = NUMBERED.search(text), NUMBERED.search(before)
    if mine and theirs and mine[2] == theirs[2] and int(mine[1]) == int(theirs[1]) + 1:
        return False
    if mine and mine[1] != "1" and mine[2] != "1" and not theirs:
        return False
    kind = _kind(page.weights)
    current = _kind(parts[-1].weights)
    strong = page.headed.get(kind, 0) >= NEW_TITLE or kind == "insurance_card"
    clear = page.weights.get(kind, 0) >= NEW_WEIGHT
    return kind not in ("unknown", current) and strong and clear


def _is_cover(page: PageKind) -> bool:
    best = max(page.weights[kind] for kind in KINDS)
    cover = page.weights[COVER]
    return cover >= COVERED and cover > best * 0.8 and page.said <= WORDS_OF_COVER


def _join(part: Part, page: PageKind, number: int) -> None:
    part.last = number
    for kind, weight in page.weights.items():
        part.weights[kind] = part.weights.get(kind, 0) + FOLLOWING * weight


def _joined(parts: list[Part]) -> list[Part]:
    """Join a part whose kind is not known to the known one before it."""
    found: list[Part] = []
    for part in parts:
        if found and not part.cover and not found[-1].cover and part.kind == "unknown":
            found[-1].last = part.last
        else:
            found.append(part)
    return found


def _kind(weights: dict[str, float]) -> Kind:
    ranked = sorted(((weights.get(kind, 0.0), kind) for kind in KINDS), reverse=True)
    (best, kind), (second, _) = ranked[:2]
    kinds = table().kinds
    enough = best >= float(kinds.least)
    clear = second <= 0 or best >= second * float(kinds.apart)
    return kind if enough and clear else "unknown"


def _close(parts: list[Part]) -> bool:
    """Whether a part is unknown though words speak for a kind: two are too close."""
    least = float(table().kinds.least)
    return any(
        part.kind == "unknown"
        and not part.cover
        and max(part.weights.get(k, 0) for k in KINDS) >= least
        for part in parts
    )


def _reasons(pages: list[PageKind], parts: list[Part]) -> tuple[KindReason, ...]:
    """Give the weightiest reasons for each part's kind, in the order of the pages."""
    found: list[KindReason] = []
    for part in parts:
        whole = [
            one for page in pages for one in page.reasons if part.first <= one.page <= part.last
        ]
        mine = [one for one in whole if part.kind in (one.kind, "unknown")]
        found += sorted(mine, key=lambda one: -one.weight)[:MOST_REASONS]
    return tuple(sorted(found, key=lambda one: (one.page, -one.weight)))
