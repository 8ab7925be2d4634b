"""What is wrong with a 277 although every segment fits its table.

Rules that no public source confirms word for word are warnings.
"""

import re
from collections.abc import Iterator, Sequence

from nodes.x12.finding import Finding
from nodes.x12.guide import Guide
from nodes.x12.loops import Placed
from nodes.x12.status_277.statuses import statuses
from nodes.x12.validating.rules.scene import (
    ELEMENT_CODE,
    ELEMENT_PAIR,
    ELEMENT_PATTERN,
    Rule,
    Scene,
    Severity,
    Spot,
    scene,
    tried,
)
from nodes.x12.validating.rules.totals_277 import totals

STATUS, ANSWERED, ASKED = "277-status", "277-acknowledgment", "277-request-for-information"
ABOVE = {
    "payer_level": ("",),
    "receiver_level": ("payer_level",),
    "provider_level": ("receiver_level",),
    "subscriber_level": ("provider_level",),
    "patient_level": ("provider_level",),
    "dependent_level": ("subscriber_level", "patient_level"),
}
LETTERS = {STATUS: "ADEFP", ANSWERED: "A", ASKED: "R"}
PLACES = ("status", "status2", "status3")
ACTIONS = {"A2": "WQ", "A3": "U", "A6": "U", "A7": "U", "A8": "U"}
LOINC = re.compile(r"[0-9]{1,7}-[0-9]")


def rules(guide: Guide, placed: Sequence[Placed]) -> Iterator[Finding]:
    """Try every rule on one 277; nothing for other transactions.

    ``placed`` is the whole set, ST to SE, as ``locate`` gives it. Places are those of the set;
    interchange, group and transaction are the caller's to add. Where the levels make no tree,
    what hangs under what is not judged: a note says so.
    """
    if guide.transaction == "277":
        for finding in tried(scene(guide, placed), RULES, TREE):
            yield finding.model_copy(update={"rule": f"277.{finding.rule.partition('.')[2]}"})


def level_parent(seen: Scene) -> Iterator[Finding]:
    """Each level hangs under the level the guide has it under."""
    for level in seen.levels:
        above = level.above.name if level.above else ""
        if level.above is None and level.hl.get("parent"):
            continue
        if above not in ABOVE.get(level.name, (above,)):
            words = "HL02 names a level this one cannot hang under; name the level it belongs to"
            yield level.hl.finding("level-parent", words, ELEMENT_PATTERN, "parent")


def category(seen: Scene) -> Iterator[Finding]:
    """A category is known, and of a kind the guide has: requests must be R, others should fit."""
    lists, _ = statuses()
    letters = LETTERS.get(seen.guide.id, "ADEFPR")
    severity: Severity = "error" if seen.guide.id == ASKED else "warning"
    for spot, place in _statuses(seen):
        code = spot.get(f"{place}.category")
        if code and code[0] not in letters:
            words = f"a status of this guide has a category that begins with {' or '.join(letters)}"
            yield spot.finding("category", words, ELEMENT_CODE, f"{place}.category", severity)
        elif code and code not in lists.categories:
            words = "this status category is not known here"
            yield spot.finding(
                "category-known", words, ELEMENT_CODE, f"{place}.category", "warning"
            )


def action(seen: Scene) -> Iterator[Finding]:
    """An acknowledgment's action says the same as its category."""
    for spot, place in _statuses(seen):
        wanted = ACTIONS.get(spot.get(f"{place}.category"))
        said = spot.get("action")
        if seen.guide.id == ANSWERED and wanted and said in {"U", "WQ"} and said != wanted:
            words = f"a category of this kind goes with the action {wanted}"
            yield spot.finding("action", words, ELEMENT_PATTERN, "action", "warning")


def document(seen: Scene) -> Iterator[Finding]:
    """A document asked for is a LOINC code, and is said to be one."""
    for spot, place in _statuses(seen):
        listed, code = spot.get(f"{place}.code_list"), spot.get(f"{place}.status")
        if listed == "LOI" and not loinc(code):
            words = "this is no LOINC code with a true check digit"
            yield spot.finding("document", words, ELEMENT_CODE, f"{place}.status", "warning")
        if spot.get(f"{place}.category") == "R4" and listed != "LOI":
            words = "documents are asked for by LOINC: name the code list LOI"
            yield spot.finding("document", words, ELEMENT_PAIR, f"{place}.code_list", "warning")


def due(seen: Scene) -> Iterator[Finding]:
    """A request for information says by when to answer."""
    if seen.guide.id != ASKED:
        return
    for level in seen.levels:
        dated: Spot | None = None
        for spot in reversed(level.spots):
            if spot.name in {"due_date", "line_due_date"}:
                dated = spot
            elif spot.name == "claim_trace":
                if dated is None:
                    words = "there is no day by which to answer: add a DTP with qualifier 106"
                    yield seen.lacks(spot, "due", words, "due_date")
                dated = None


def leaf(seen: Scene) -> Iterator[Finding]:
    """A level with none below it says something of a status."""
    for level in seen.levels:
        told = any(spot.segment.id == "STC" for spot in level.spots)
        if level.name and not level.below and not told:
            words = "this level has no levels below it and no status"
            yield seen.lacks(level.hl, "leaf", words, "STC")


def loinc(code: str) -> bool:
    """Whether a code has the form of LOINC, and its check digit (mod 10) is right."""
    if not LOINC.fullmatch(code):
        return False
    number, digit = code.split("-")
    doubled = [int(char) * (2 - place % 2) for place, char in enumerate(reversed(number))]
    return (sum(value // 10 + value % 10 for value in doubled) + int(digit)) % 10 == 0


def _statuses(seen: Scene) -> Iterator[tuple[Spot, str]]:
    for level in seen.levels:
        for spot in level.spots:
            if spot.segment.id == "STC":
                for place in PLACES:
                    if spot.get(f"{place}.category"):
                        yield spot, place


TREE: tuple[Rule, ...] = (level_parent, leaf, totals)
"""Rules about what hangs under what."""
RULES: tuple[Rule, ...] = (*TREE, category, action, document, due)
