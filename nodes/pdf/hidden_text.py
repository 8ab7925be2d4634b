"""Text in a PDF that its reader does not see: unpainted, white on white, tiny or off the page.

ISO 32000-1, 8.4.5 (color), 9.3 (text state), 9.3.6 (rendering mode). On a page with
pictures nothing is held for hidden: there the unpainted text is what was recognised in a scan, and
a picture may be behind white words.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, NameObject

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
SHOWS = {b"Tj", b"TJ", b"'", b'"'}
PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"BI"}
UNPAINTED = {3, 7}
WHITE = 0.97
TINY = 1.5
MOVES = {b"Td", b"TD", b"T*", b"'", b'"'}


@dataclass(frozen=True)
class State:
    """What the operators before have set."""

    white: bool = False
    mode: int = 0
    size: float = 0
    leading: float = 0
    page: Matrix = SAME


@dataclass
class Painter:
    """Follows a page's operators and says of each text whether it is seen."""

    box: tuple[float, float, float, float]
    plain: bool
    state: State = field(default_factory=State)
    stack: list[State] = field(default_factory=list)
    line: Matrix = SAME

    def hides(self, operands: Any, operator: bytes) -> bool:
        """Take one operator; say whether it shows text that is not seen."""
        if operator in MOVES:
            self._move(operands, operator)
        elif operator not in SHOWS:
            self._set(operands, operator)
        return operator in SHOWS and self._unseen()

    def _unseen(self) -> bool:
        where = _times(self.line, self.state.page)
        scale = abs(where[0] * where[3] - where[1] * where[2]) ** 0.5
        left, bottom, right, top = self.box
        off = not (left - 1 <= where[4] <= right + 1 and bottom - 1 <= where[5] <= top + 1)
        tiny = 0 < abs(self.state.size) * scale < TINY
        white = self.state.white and self.plain
        return self.state.mode in UNPAINTED or white or tiny or off

    def _set(self, operands: Any, operator: bytes) -> None:
        state = self.state
        if operator == b"q":
            self.stack.append(state)
        elif operator == b"Q" and self.stack:
            self.state = self.stack.pop()
        elif operator == b"BT":
            self.line = SAME
        elif operator == b"Tm":
            self.line = _matrix(operands)
        elif operator == b"cm":
            self.state = replace(state, page=_times(_matrix(operands), state.page))
        else:
            self.state = _changed(state, operands, operator)

    def _move(self, operands: Any, operator: bytes) -> None:
        down, right = -self.state.leading, 0.0
        if operator in (b"Td", b"TD"):
            right, down = float(operands[0]), float(operands[1])
        if operator == b"TD":
            self.state = replace(self.state, leading=-down)
        self.line = _times((1, 0, 0, 1, right, down), self.line)


def shown_and_hidden(page: PageObject) -> tuple[str, str]:
    """Give the text of a page that is seen, and the text that is not."""
    contents = page.get_contents()
    if contents is None or _pictured(page):
        return page.extract_text(), ""
    operations = list(contents.operations)
    box = page.mediabox
    plain = not any(operator in PAINTS for _, operator in operations)
    edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    painter = Painter(edges, plain)
    hidden = [painter.hides(operands, operator) for operands, operator in operations]
    if not any(hidden):
        return page.extract_text(), ""
    return _without(page, operations, hidden, True), _without(page, operations, hidden, False)


def _without(page: PageObject, operations: list[Any], hidden: list[bool], which: bool) -> str:
    stream = ContentStream(None, page.pdf)
    stream.operations = [
        one
        for one, unseen in zip(operations, hidden, strict=True)
        if one[1] not in SHOWS or unseen != which
    ]
    page[NameObject("/Contents")] = stream
    return page.extract_text()


def _pictured(page: PageObject) -> bool:
    resources = page.get("/Resources")
    held = resources.get_object().get("/XObject") if resources else None
    parts = held.get_object().values() if held else ()
    return any(part.get_object().get("/Subtype") == "/Image" for part in parts)


def _changed(state: State, operands: Any, operator: bytes) -> State:
    """Give the state after an operator of color or text."""
    if operator in (b"g", b"rg", b"sc", b"scn"):
        return replace(state, white=_light(operands))
    if operator == b"k":
        return replace(state, white=len(operands) == 4 and max(map(float, operands)) <= 1 - WHITE)
    if operator == b"cs":
        return replace(state, white=False)
    if operator == b"Tr":
        return replace(state, mode=int(operands[0]))
    if operator == b"Tf":
        return replace(state, size=float(operands[1]))
    if operator == b"TL":
        return replace(state, leading=float(operands[0]))
    return state


def _light(operands: Any) -> bool:
    numbers = [float(one) for one in operands if isinstance(one, int | float)]
    return len(numbers) in (1, 3) and min(numbers) >= WHITE


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip
