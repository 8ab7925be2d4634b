"""Where the payer's words name another text or interval than the policy applied here."""

import re
from collections.abc import Iterable

from nodes.assessment import Assessment, Criterion
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Line, Material
from nodes.writing.rebuttal import NUMBERED
from nodes.writing.stated_reason import answering
from nodes.writing.text import clean, fold

_UNITS = r"days?|weeks?|months?|years?|visits?|sessions?"
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
WORDED = {word: str(number) for number, word in enumerate(_SMALL, 1)}
INTERVAL = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_SMALL)})(?: ?\(\d{{1,3}}\))?[ -](?:consecutive )?({_UNITS})\b"
)


def other_terms(material: Material, dispute: Dispute) -> list[Line]:
    """Say openly which text and intervals the reason names that are not the policy's here."""
    held = material.assessment
    if held is None:
        return []
    lines = [_of_text(name, held) for name in other_texts(dispute, held)]
    if strange := other_intervals(dispute, held):
        named = " and ".join(f'"{one}"' for one in strange)
        text = (
            f"The reason speaks of {named}; the policy applied here has another interval there."
            " Where the plan's own criteria differ, they decide: please send them."
        )
        lines.append(Line(text, "decision"))
    return lines


def other_texts(dispute: Dispute, held: Assessment) -> list[str]:
    """List the texts that the payer cites and that are not the policy applied here."""
    known = fold(f"{held.policy.id} {held.policy.title} {held.policy.source}")
    named = [clean(g.criterion) for g in dispute.grounds if g.criterion]
    strange = []
    for name in dict.fromkeys(named):
        numbers = [fold(number) for number in NUMBERED.findall(name)]
        there = all(number in known for number in numbers) if numbers else fold(name) in known
        if not there:
            strange.append(name)
    return strange


def other_intervals(dispute: Dispute, held: Assessment) -> list[str]:
    """List the intervals of a reason that the criteria it speaks of do not have."""
    strange: list[str] = []
    for ground in dispute.grounds:
        own = _intervals(answering(ground, held.criteria)) or _intervals(held.criteria)
        for words in ground.words:
            found = INTERVAL.finditer(fold(words))
            strange += [match[0] for match in found if _interval(match) not in own]
    return list(dict.fromkeys(strange))


def _intervals(criteria: Iterable[Criterion]) -> set[tuple[str, str]]:
    return {
        _interval(match)
        for criterion in criteria
        for match in INTERVAL.finditer(fold(criterion.text))
    }


def _of_text(name: str, held: Assessment) -> Line:
    return Line(
        f'The notice cites "{name}", which was not at hand here. The criteria answered below are'
        f" those of {clean(held.policy.title)} ({clean(held.policy.source)}) and may differ:"
        " please send the plan's own.",
        "decision",
    )


def _interval(match: re.Match[str]) -> tuple[str, str]:
    return WORDED.get(match[1], match[1]), match[2].rstrip("s")
