"""Whether a statement is about the part of the body and the side that were ordered."""

import re
from collections.abc import Iterator

from nodes.case import Case, ServiceLine
from nodes.policy.parts_of_body import of_another_part
from nodes.policy.sentences import ReadNote
from nodes.policy.wording import Words

OTHER = {"left": "right", "right": "left"}
_BODY = (
    r"(?:knees?|tk[ar]|hips?|th[ar]|shoulders?|leg|le|lower|upper|ue|ankle|foot|arm|elbow|wrist"
    r"|hand|side|patell\w+|quad\w*)\b"
)
_SIDE = re.compile(
    r"\b(?:(?P<left>left(?!-?handed| (?:work|untreated|school|before|without|off|the|his|her)\b)"
    rf"|lt|(?-i:L)(?=[ -]{_BODY}))|(?P<right>right(?!-?handed| (?:away|now|after|before)\b)|rt"
    rf"|(?-i:R)(?=[ -]{_BODY}))|bilat\w*|both|b/l)\b|\((?-i:(?P<left_>L)|(?P<right_>R))\)",
    re.IGNORECASE,
)
_GOVERNS = re.compile(r"^\W{0,4}(?:the )?[\w()-]{1,9}(?: [\w-]+){0,3}\s?(?::| [-\u2013] )")
_NEAR = re.compile(r"^[^;:.]{0,60}$")
_BACK = 12
_RIGHT_AND_LEFT = re.compile(
    r"^(?:M(?:0[0-25-8]|1[0-4]|24|25|87|93|94)\w6|M17[13]|M22\d|M23[5-8]\w?|M76[5]|M70[45]|M712"
    r"|S83(?:0\d|1\d|2[1-9]|3|4\d|5\d|6|8\w|9)\w?|S800|S820\d|S821\d)(?P<side>[12])\w{0,2}$"
)


def ordered_side(case: Case) -> str | None:
    """Give the one side that all service lines are for; none when they name none or both.

    A line names it itself, by the modifier RT or LT, or by a diagnosis of a knee, whose code ends
    in 1 for the right and 2 for the left (ICD-10-CM, chapters 13 and 19).
    """
    sides = {_of_line(case, line) for line in case.service_lines}
    side = sides.pop() if len(sides) == 1 else None
    return side if side in OTHER else None


def _of_line(case: Case, line: ServiceLine) -> str | None:
    if line.laterality:
        return line.laterality
    named = {"RT": "right", "LT": "left"}.keys() & set(line.modifiers)
    if named:
        return {"RT": "right", "LT": "left"}[named.pop()] if len(named) == 1 else None
    coded = {
        {"1": "right", "2": "left"}[found["side"]]
        for place in line.diagnoses
        if place <= len(case.diagnoses)
        and (found := _RIGHT_AND_LEFT.match(case.diagnoses[place - 1].code.replace(".", "")))
    }
    return coded.pop() if len(coded) == 1 else None


def aside(words: Words, note: ReadNote, start: int, end: int, side: str | None) -> bool:
    """Whether a concept's words in a note are about another part, or about the other side.

    The words nearest to them in the sentence say; else a heading such as "Left knee:" at the
    beginning of a sentence before, up to the next heading; else the heading they stand under.
    """
    place = note.place(start)
    if place is None or not (words.home or (words.sided and side)):
        return False
    offset = note.sentences[place].start
    if words.home and _elsewhere(words, note, place, (start - offset, end - offset)):
        return True
    return bool(words.sided and side) and _other(note, place, start - offset, end - offset, side)


def is_other_side(text: str, side: str | None) -> bool:
    """Whether a text names the side that was not ordered, and not the ordered one."""
    named = {_side(one) for one in _SIDE.finditer(text)}
    return side is not None and named == {OTHER[side]}


def other_side(note: ReadNote, start: int, end: int, side: str | None) -> bool:
    """Whether words in a note are said of the side that was not ordered."""
    place = note.place(start)
    if place is None or side is None:
        return False
    offset = note.sentences[place].start
    return _other(note, place, start - offset, end - offset, side)


def _elsewhere(words: Words, note: ReadNote, place: int, spot: tuple[int, int]) -> bool:
    found = of_another_part(note.sentences[place].text, *spot, words.home)
    for title in _titles(note, place) if found is None else ():
        found = of_another_part(title, len(title), len(title), words.home)
        if found is not None:
            break
    return bool(found)


def _other(note: ReadNote, place: int, start: int, end: int, side: str | None) -> bool:
    text = note.sentences[place].text
    named = list(_SIDE.finditer(text))
    within = [one for one in named if start <= one.start() < end]
    ahead = [one for one in named if one.start() < start]
    after = [one for one in named if one.start() >= end][:1]
    found = within[0] if within else ahead[-1] if ahead else None
    if found is None and after and _NEAR.search(text[end : after[0].start()]):
        found = after[0]
    for title in _titles(note, place) if found is None else ():
        found = _SIDE.search(title)
        if found:
            break
    return found is not None and _side(found) == OTHER[side or "left"]


def _side(found: re.Match[str]) -> str | None:
    return (found.lastgroup or "").rstrip("_") or None


def _titles(note: ReadNote, place: int) -> Iterator[str]:
    """What governs a sentence: headings within the text before it, nearest first, then its own."""
    heading = note.sentences[place].heading
    for before in reversed(note.sentences[max(0, place - _BACK) : place]):
        if before.heading != heading:
            break
        opened = _GOVERNS.match(before.text)
        if opened:
            yield opened.group()
    yield heading
