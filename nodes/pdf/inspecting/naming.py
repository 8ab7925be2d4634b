"""A name for every place: its tooltip, the words printed beside it, its field name; each weighed.

The scores are set by hand, in the order in which labels proved right on public forms: they say
which label goes first and when a proposal is called weak. They are no measured shares.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from nodes.pdf.inspecting.columns import Placed, columns
from nodes.pdf.inspecting.headings import headings, over
from nodes.pdf.inspecting.labels import text_labels
from nodes.pdf.inspecting.places import Place, Printed
from nodes.pdf.inspecting.ticks import answers, questions, tick_labels

By = Literal["tooltip", "printed", "name"]
SCORES = {
    "tooltip": 0.95,
    "inside": 0.9,
    "left": 0.9,
    "above": 0.8,
    "column": 0.8,
    "continued": 0.7,
    "below": 0.7,
    "right": 0.5,
    "row": 0.4,
    "tick": 0.9,
    "name": 0.4,
}
USELESS = re.compile(
    r"(?i)^(undefined|untitled|text|text ?(field|box)|txt|fill|field|check ?box|box|button|group|"
    r"radio ?(button)?|date|signature|row|topmostsubform|form|page|subform|combo ?box|list ?box|"
    r"cb|tb|f|c|t)?"
    r"[ _.\-]*\d*([ _.\-]\d+)*(_[a-z]{1,2})?$|^(p\d+\.\d+)$"
)
LETTERS = re.compile(r"[A-Za-z]{2}")
TAIL = re.compile(r"(\[\d+\])|(_\d+$)|(#\d+$)")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_.\-\s]+")


@dataclass(frozen=True)
class Label:
    """What a place may be called, by whom, how far that is to be trusted."""

    text: str
    by: By
    score: float


@dataclass(frozen=True)
class Named:
    """A place with its labels, the best first, and for a box the question it answers."""

    place: Place
    labels: tuple[Label, ...]
    question: str = ""
    row: int | None = None
    part: int | None = None
    chain: int | None = None
    above: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The best label, or nothing."""
        return self.labels[0].text if self.labels else ""


def named(page: Printed, places: Sequence[Place]) -> list[Named]:
    """Name the places of one page, in the order given."""
    ticks = tick_labels(page, places)
    used = {phrase for phrase in ticks.values()}
    beside = columns(page, places, text_labels(page, places, used))
    asked = questions(page, places, ticks, used)
    heads = headings(page, places, used)
    tips = Counter(place.tooltip for place in {p.name: p for p in places}.values())
    found = []
    for n, place in enumerate(places):
        placed = beside.get(n)
        if n in ticks:
            said = tidy(ticks[n].text)
            whole = f"{asked[n]} {said}".strip() if answers(said) else said
            printed: Label | None = Label(whole, "printed", SCORES["tick"])
        else:
            printed = _printed(placed)
        found.append(
            Named(
                place,
                _ordered(place, printed, tips[place.tooltip]),
                question=asked.get(n, ""),
                row=placed.row if placed else None,
                part=placed.part if placed else None,
                chain=placed.chain if placed else None,
                above=over(heads, place.box),
            )
        )
    return found


def tidy(text: str) -> str:
    """A label without its colon, its asterisk and its numbering."""
    text = re.sub(r"^[\s*•\d]{0,4}[.)]\s+", "", " ".join(text.split()))
    return text.strip(" :*_.\u2026•|-")[:300]


def useless(text: str | None) -> bool:
    """Whether a tooltip or a name says nothing of what is asked."""
    return text is None or not LETTERS.search(text) or bool(USELESS.match(text.strip()))


def words_of(name: str) -> str:
    """A field name as words: its last part, without counters."""
    leaf = next((p for p in reversed(name.split(".")) if not useless(TAIL.sub("", p))), "")
    return " ".join(part for part in CAMEL.split(TAIL.sub("", leaf)) if part)


def _printed(beside: Placed | None) -> Label | None:
    if beside is None:
        return None
    score = SCORES[beside.where] - (0.2 if len(beside.text.split()) > 14 else 0)
    return Label(tidy(beside.text), "printed", round(score, 2))


def _spaced(tooltip: str, printed: Label | None) -> bool:
    """Whether a tooltip is what is printed with blanks in its words, as a converter leaves it."""
    if printed is None or len(printed.text.split()) >= len(tooltip.split()):
        return False
    one, other = ("".join(text.lower().split()) for text in (tooltip, printed.text))
    return SequenceMatcher(None, one[:200], other[:200]).ratio() > 0.85


def _ordered(place: Place, printed: Label | None, alike: int) -> tuple[Label, ...]:
    """Best first: a tooltip, unless it says nothing or several fields share it."""
    labels = []
    if place.tooltip and not useless(place.tooltip):
        shared = alike > 1 and place.kind != "radio"
        copied = place.tooltip == place.name or shared or _spaced(place.tooltip, printed)
        labels.append(Label(tidy(place.tooltip), "tooltip", 0.6 if copied else SCORES["tooltip"]))
    if printed and printed.text:
        labels.append(printed)
    if words := words_of(place.name):
        labels.append(Label(words[:300], "name", SCORES["name"]))
    return tuple(sorted((one for one in labels if one.text), key=lambda one: -one.score))
