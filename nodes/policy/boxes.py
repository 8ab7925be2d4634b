"""Marks beside an item of a form: boxes ticked or empty, plus and minus, cells of a table.

"[ ] Fever", "Snoring [ ] apnea [x]", "( ) current (x) former", "(-) fever", "Fever | | X".
"""

import re
from typing import Literal

Answer = Literal["yes", "no", "open"]

_MARK = re.compile(
    r"\[(?P<s>[\sxX\u2713\u2714]?)\s?\]|\((?P<r>\s|[xX\u2713\u2714])\s?\)|(?P<e>\u2610)"
    r"|(?P<t>[\u2611\u2612])|\(\s*(?P<p>[+])\s*\)|\(\s*(?P<m>[-\u2013\u2212])\s*\)"
)
_OPENING = re.compile(r"[\[(\u2610-\u2612]")
_BESIDE = re.compile(r"\W*(?:$|[.,;])")
_END = re.compile(r"[.;]")
_REACH = 90
_CELLS = re.compile(r"^[^|]{0,40}\|(?P<cells>[^\n]{0,120})$")
_TICK = re.compile(r"\s*[xX\u2713\u2714\u2611]\s*$")


def marked(before: str, after: str) -> Answer | None:
    """Read the mark that belongs to the phrase between the rest of its sentence.

    Marks stand behind their items when the last one of the sentence does, else before them.
    """
    if not (_OPENING.search(after) or _OPENING.search(before)):
        return None
    behind, ahead = list(_MARK.finditer(after)), list(_MARK.finditer(before))
    if behind and _BESIDE.match(after, behind[-1].end()):
        return _near(behind[0], after[: behind[0].start()])
    if not ahead:
        return None
    between = before[ahead[-1].end() :]
    found = _near(ahead[-1], between)
    return "open" if found == "no" and between.strip() else found


def row(after: str, columns: str) -> Answer | None:
    """Read the cells after a phrase in a table whose columns are known as "yn" or "ny"."""
    found = _CELLS.match(after) if "|" in after else None
    if not found:
        return None
    ticks = [bool(_TICK.match(cell)) for cell in found["cells"].rstrip("| ").split("|")]
    if not any(ticks):
        return "open" if not found["cells"].strip("| ") else None
    if len(ticks) > 2 or columns not in ("yn", "ny"):
        return "open"
    return "yes" if columns[ticks.index(True)] == "y" else "no"


def _near(mark: re.Match[str], between: str) -> Answer | None:
    if len(between) > _REACH or _END.search(between):
        return None
    if mark["m"]:
        return "no"
    ticked = mark["t"] or mark["p"] or (mark["s"] or mark["r"] or "").strip()
    return "yes" if ticked else "open"
