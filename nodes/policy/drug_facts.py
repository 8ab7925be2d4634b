"""Why a drug ended and what cannot be taken, by the medications and allergies recorded."""

from collections.abc import Iterator

from nodes.chart import Fact
from nodes.policy import drug_words as said
from nodes.policy.drug_names import ingredient
from nodes.policy.finding import Refused
from nodes.policy.index import Question
from nodes.policy.leaves_care import DrugTrial

_DISPROVED = frozenset({"inactive", "resolved", "refuted"})


def stopped(fact: Fact) -> str | None:
    """Say why a drug was stopped: failed, intolerant, contraindicated, other; none: not said."""
    words = fact.course.stopped if fact.course else None
    if not words:
        return None
    if said.CONTRAINDICATED.search(words):
        return "contraindicated"
    marks = said.came_of_it(words)
    if said.INTOLERANT.search(words) or said.ADVERSE_WORD.search(words):
        return "intolerant"
    return marks[0][2] if marks else "other"


def allergies(leaf: DrugTrial, question: Question) -> tuple[list[tuple[str, Fact]], list[Refused]]:
    """List allergies and intolerances to the drugs by name, and those that do not count."""
    found: list[tuple[str, Fact]] = []
    no: list[Refused] = []
    names = question.words[leaf.concept].pattern
    for name, fact in _named(leaf, question):
        status = fact.status or ""
        if status in _DISPROVED or "(" in status:
            no.append(Refused(fact, f"The intolerance is recorded as {status}.", fact.start))
        else:
            match = names.search(name)
            found.append((ingredient(match.group() if match else name), fact))
    return found, no


def _named(leaf: DrugTrial, question: Question) -> Iterator[tuple[str, Fact]]:
    names = question.words[leaf.concept].pattern
    coded = {fact.id for fact in question.coded(leaf.value_set, ("allergy",))}
    for fact in question.index.by_kind["allergy"]:
        lead = fact.quote.partition(";")[0].removeprefix("Allergy or intolerance: ").strip()
        if fact.id in coded or names.search(lead):
            yield lead, fact
