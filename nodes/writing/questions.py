"""What a medical director is likely to ask, and the record's answer, or that it has none."""

import re
from collections.abc import Sequence
from datetime import date

from nodes.chart import Fact
from nodes.notice import Category
from nodes.prose import Citation
from nodes.writing.criteria import titled
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, day, shown
from nodes.writing.rebuttal import open_criteria
from nodes.writing.select import select
from nodes.writing.text import fold
from nodes.writing.topics import Topic

Question = tuple[str, tuple[Topic, ...], str]
NONE = "not in the record read for this call."
LONGEST = 260
TRIED = (
    r"\b(?:fail\w*|(?:no|without|little) (?:\w+ )?(?:relief|improvement|benefit)|unchanged|therapy"
    r"|intoleran\w*|did not help|completed|has taken|trial)\b"
)
EXAM = (
    r"\b(?:reflex\w*|strength|weakness|extension|flexion|straight leg|gait|exam\w*|tender\w*"
    r"|range of motion|saturation|a1c|ahi|positive|sign)\b|\d[+-]?/5"
)
PLAN = (
    r"\b(?:plan(?:s|ned|ning)?|surg\w+|inject\w+|consider\w*|refer\w*|candidate|decide|adjust\w*"
    r"|because)\b"
)
NEW = r"\b(?:new|newly|worse\w*|progress\w*|increas\w*|recurr\w*|since)\b"
ANYONE: tuple[Question, ...] = (
    ("What was tried, and how did it go?", ("treatment", "findings"), TRIED),
    ("What did the examination or test show?", ("findings",), EXAM),
    ("What will the result or the treatment change?", ("findings", "treatment"), PLAN),
)
OF_CATEGORY: dict[Category, Question] = {
    "step_therapy": (
        "Why not the preferred drug?",
        ("treatment", "history"),
        r"\b(?:intoleran\w*|allerg\w*|contraindicat\w*|fail\w*|side effects?|stopped)\b",
    ),
    "level_of_care": (
        "Why is a lower level of care not enough?",
        ("findings", "history", "treatment"),
        r"\b(?:monitor\w*|unstable|high risk|inpatient|unsafe)\b",
    ),
    "site_of_service": (
        "Why not at another site?",
        ("findings", "history", "treatment"),
        r"\b(?:anesthe\w*|airway|high risk|comorbid\w*|outpatient|asc)\b",
    ),
    "medical_necessity": ("Why now?", ("findings", "history", "treatment"), NEW),
    "missing_information": (
        "When was the patient last seen for this?",
        ("history", "findings"),
        r"\b(?:visit|seen|evaluat\w*|re-evaluat\w*|follow-?up)\b",
    ),
}


def questions(material: Material, dispute: Dispute) -> list[Line]:
    """Pair each question with the record's words; the payer's kind of reason comes first."""
    own = [OF_CATEGORY[g.category] for g in dispute.grounds if g.category in OF_CATEGORY]
    lines = [
        Line(f"{titled(criterion)}? Answer: {NONE}", "policy")
        for criterion, lack in open_criteria(material.assessment)[:2]
        if lack == "not found in the record"
    ]
    said: set[str] = set()
    facts = _chosen(material)
    for question, topics, pattern in dict.fromkeys((*own, *ANYONE)):
        every = [fact for topic in topics for fact in facts[topic]]
        fresh = [fact for fact in every if fact.id not in said]
        told = _answer(pattern, fresh, material) or _answer(pattern, every, material)
        if told is None:
            lines.append(Line(f"{question} Answer: {NONE}", "policy"))
        else:
            said.add(told[1].fact)
            lines.append(Line(f"{question} Answer: {told[0]}.", "policy", (told[1],)))
    return lines


def _chosen(material: Material) -> dict[Topic, list[Fact]]:
    """Give the facts that a summary would show, by its sections."""
    every = {fact.id: fact for fact in material.facts}
    return {
        topic: [every[c.fact] for line in lines for c in line.citations if c.fact in every]
        for topic, lines in select(material).lines.items()
    }


def _answer(pattern: str, facts: Sequence[Fact], material: Material) -> tuple[str, Citation] | None:
    """Choose the newest words that hold most of what the question is about."""
    notes = by_source(material.chart.notes)
    counted = [
        (len(set(re.findall(pattern, fold(fact.quote)))), day(fact, notes) or date.min, fact)
        for fact in facts
        if len(fact.quote) <= LONGEST
    ]
    found = [one for one in counted if one[0]]
    if not found:
        return None
    best = max(found, key=lambda one: (one[0], one[1], one[2].id))
    return shown(best[2], notes)
