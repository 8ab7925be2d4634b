"""What a medical director is likely to ask, and the record's answer, or that it has none."""

from nodes.notice import Category
from nodes.prose import Citation
from nodes.writing.criteria import titled
from nodes.writing.dispute import Dispute
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, shown
from nodes.writing.rebuttal import open_criteria
from nodes.writing.select import select
from nodes.writing.stated_reason import matching
from nodes.writing.text import content_words

NONE = "not in the record read for this call."
ANYONE = (
    ("What was tried, and how did it go?", "treatment therapy tried failed improvement relief"),
    ("What did the examination show?", "exam strength reflex weakness finding positive"),
    ("What will the result change?", "plan planned surgery injection consider refer because"),
)
OF_CATEGORY: dict[Category, tuple[tuple[str, str], ...]] = {
    "step_therapy": (
        ("Why not the preferred drug?", "intolerance allergy contraindicated failed"),
    ),
    "experimental": (
        ("What else was tried or considered?", "alternative option considered surgery"),
    ),
    "level_of_care": (("Why is a lower level not safe?", "monitoring unstable risk inpatient"),),
    "site_of_service": (("Why not in an office or centre?", "anesthesia risk comorbid airway"),),
    "medical_necessity": (("Why now?", "new worse worsening progressive since recurrent"),),
    "missing_information": (("When was the last visit?", "visit seen evaluation follow-up"),),
}


def questions(material: Material, dispute: Dispute) -> list[Line]:
    """Pair each question with the record's words; the payer's kind of reason comes first."""
    asked = [q for ground in dispute.grounds for q in OF_CATEGORY.get(ground.category, ())]
    lines = [
        Line(f"{titled(criterion)}? Answer: {NONE}", "policy")
        for criterion, lack in open_criteria(material.assessment)[:2]
        if lack == "not found in the record"
    ]
    said: set[str] = set()
    for question, words in dict.fromkeys((*asked, *ANYONE)):
        told = _answer(question, words, material, said)
        if told is None:
            lines.append(Line(f"{question} Answer: {NONE}", "case"))
        else:
            said.add(told[1].fact)
            lines.append(Line(f"{question} Answer: {told[0]}.", "chart", (told[1],)))
    return lines


def _answer(
    question: str, words: str, material: Material, said: set[str]
) -> tuple[str, Citation] | None:
    """Choose among the facts a summary would show the one that shares most with the question."""
    every = {fact.id: fact for fact in material.facts}
    chosen = [
        every[citation.fact]
        for lines in select(material).lines.values()
        for line in lines
        for citation in line.citations
        if citation.fact in every and citation.fact not in said
    ]
    wanted = content_words(f"{question} {words}")
    found = matching(wanted, [fact for fact in chosen if len(fact.quote) <= 260], most=1)
    if not found:
        found = [f for f in chosen if wanted & content_words(f.quote) and len(f.quote) <= 260][:1]
    return shown(found[0], by_source(material.chart.notes)) if found else None
