"""One segment against its use in a map: pyx12's element checks, said as our findings.

pyx12 raises on too many components and on ranges with two hyphens, knows no repetitions, and
lets the first component of a composite be missing; such things are found here first, and mended
in the copy that it is given.
"""

from collections.abc import Iterator
from functools import cache

from pyx12.error_item import EleError
from pyx12.errors import EngineError, IsValidError, IterOutOfBounds, X12PathError
from pyx12.map_if import composite_if, element_if, map_if, segment_if, x12_node
from pyx12.segment import Composite
from pyx12.segment import Segment as Pyx12Segment

from nodes.x12.finding import Finding
from nodes.x12.segments import Segment
from nodes.x12.validating.pairs import EXCLUSIVE, MISSING, unpaired
from nodes.x12.validating.places import Place
from nodes.x12.validating.pyx12_nodes import Tree, Use

CRASHES = (
    AssertionError,
    AttributeError,
    EngineError,
    IndexError,
    IsValidError,
    IterOutOfBounds,
    KeyError,
    TypeError,
    ValueError,
    X12PathError,
)
"""What pyx12 is known to raise, or may, on documents that it did not expect."""


@cache
def _position(reference: str) -> tuple[int | None, int | None]:
    """Element and component, from 0, of a reference such as UM04-1, 04-1 or 04."""
    element, _, component = reference.partition("-")
    return int(element[-2:]) - 1, int(component) - 1 if component else None


class Row(Pyx12Segment):
    """A segment as pyx12 has it: the first repetition of each element, nothing empty at the end."""

    def __init__(self, segment: Segment) -> None:
        """Take a segment over; its separators are declared, not guessed."""
        element, component, repetition, end = segment.separators
        self.seg_term = self.seg_term_orig = end
        self.ele_term = self.ele_term_orig = element
        self.subele_term = self.subele_term_orig = component
        self.repetition_term = repetition or ""
        self.seg_id = segment.id
        texts = segment.elements[1:]
        while texts and not texts[-1]:
            texts.pop()
        if repetition:
            texts = [text.partition(repetition)[0] for text in texts]
        self.elements = [Composite(text, component) for text in texts]

    def _parse_refdes(self, ref_des: str) -> tuple[int | None, int | None]:
        return _position(ref_des)

    def put(self, place: int, text: str, component: int | None = None) -> None:
        """Replace an element, or one component of it, counted from 0."""
        if component is not None:
            pieces = [item.value for item in self.elements[place].elements]
            pieces += [""] * (component + 1 - len(pieces))
            pieces[component] = text
            text = self.subele_term.join(pieces)
        self.elements[place] = Composite(text, self.subele_term)

    def instead(self, use: Use, segment: Segment) -> "Row":
        """The same with a code that makes it this use."""
        other = Row(segment)
        element, component = _position(use.key or "01")
        while len(other.elements) <= (element or 0):
            other.append("")
        other.put(element or 0, min(use.allowed), component)
        return other


def check(
    node: segment_if, row: Row, segment: Segment, number: int, loop: str | None
) -> Iterator[Finding]:
    """Check every element of a segment; ``number`` is its place in the transaction set."""
    place = Place(segment, number, loop)
    for index, child in enumerate(node.children[: len(row.elements)]):
        text = segment.elements[index + 1]
        if text:
            yield from fit(child, row, index, text, place._replace(element=index + 1))
    for error in node.is_valid_errors(row)[1]:
        if error.map_node is not None or error.err_cde not in {MISSING, EXCLUSIVE}:
            yield said(error, place)
    yield from paired(node, segment, place)


def paired(node: segment_if, segment: Segment, place: Place) -> Iterator[Finding]:
    """Elements missing beside others, save those that the guide requires: they are told so."""
    present = frozenset(at for at, text in enumerate(segment.elements) if text and at)
    for number, code in unpaired(node.syntax, present):
        child = node.get_child_node_by_idx(number - 1)
        if child is not None and (code == EXCLUSIVE or child.usage != "R"):
            yield place._replace(element=number).say(code, name_of(child))


def fit(
    child: element_if | composite_if, row: Row, index: int, text: str, place: Place
) -> Iterator[Finding]:
    """Find what pyx12 cannot, and mend it in the copy."""
    mark = row.repetition_term
    if mark and mark in text:
        yield from repetitions(child, text.split(mark), place, row)
        text = text.partition(mark)[0]
    if isinstance(child, composite_if):
        yield from components(child, row, index, text.split(row.subele_term), place)
        return
    if row.subele_term in text:
        if child.usage != "N":
            yield place.say("13", name_of(child))
        text = text.partition(row.subele_term)[0]
        row.put(index, text)
    if text.endswith(" ") and trimmed(child, text):
        yield place.say("6", name_of(child), blank=True)
        row.put(index, text.rstrip(" "))
    if child.data_ele == "1251" and text.count("-") > 1:
        row.put(index, "-")


def trimmed(child: element_if, text: str) -> bool:
    """Whether a text is long enough without the blanks at its end, and of a type that has them."""
    return child.data_type in {"AN", "ID"} and len(text.rstrip(" ")) >= child.min_len


def components(
    child: composite_if, row: Row, index: int, pieces: list[str], place: Place
) -> Iterator[Finding]:
    """The components of a composite."""
    if child.usage == "N":
        return
    if len(pieces) > len(child.children):
        if any(pieces[len(child.children) :]):
            yield place._replace(component=len(child.children) + 1).say("13", name_of(child))
        row.put(index, row.subele_term.join(pieces[: len(child.children)]))
    first = child.children[0]
    if not pieces[0] and any(pieces) and first.usage == "R" and child.usage != "R":
        yield place._replace(component=1).say("1", name_of(first))
    for number, (part, piece) in enumerate(zip(child.children, pieces, strict=False)):
        at = place._replace(component=number + 1)
        if piece.endswith(" ") and trimmed(part, piece):
            yield at.say("6", name_of(part), blank=True)
            row.put(index, piece.rstrip(" "), number)
        if part.data_ele == "1251" and piece.count("-") > 1:
            row.put(index, "-", number)


def repetitions(
    child: element_if | composite_if, texts: list[str], place: Place, row: Row
) -> Iterator[Finding]:
    """The repetitions behind the first."""
    allowed = child.repeat if isinstance(child, composite_if) else int(child.max_use or 1)
    if allowed and len(texts) > allowed:
        yield place._replace(repetition=allowed + 1).say("12", name_of(child))
        texts = texts[:allowed]
    for number, text in enumerate(texts[1:], start=2):
        at = place._replace(repetition=number)
        alone = Composite(text, row.subele_term)
        most = len(child.children) if isinstance(child, composite_if) else 1
        if len(alone) > most:
            yield at.say("13", name_of(child))
            alone.elements = alone.elements[:most]
        yield from (said(error, at) for error in child.is_valid_errors(alone)[1])


def said(error: EleError, place: Place) -> Finding:
    """One of pyx12's findings about an element in our words; its own hold values."""
    element, component = _position(str(error.refdes or 1).rjust(2, "0"))
    code, node = error.err_cde, error.map_node
    if (node is not None and node.usage == "N") or (node is None and code == "5"):
        code = "I10"
    at = place._replace(
        element=(element or 0) + 1, component=None if component is None else component + 1
    )
    return at.say(code, name_of(node) if node is not None else "")


def name_of(node: x12_node) -> str:
    """Our name of a node; pyx12's own maps have names that are not ours to repeat."""
    at: x12_node | None = node
    while at is not None and not isinstance(at, map_if):
        at = at.parent
    return (node.name or "").replace("_", " ") if isinstance(at, Tree) else ""
