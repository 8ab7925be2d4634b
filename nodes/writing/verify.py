"""Check sentences against what they cite, whoever wrote them."""

from collections.abc import Iterable, Sequence
from typing import Literal

from nodes.assessment import Assessment
from nodes.audit import Model
from nodes.case import Case
from nodes.chart import Fact, Note
from nodes.decision import Decision
from nodes.prose import Sentence
from nodes.writing.checks import ALL, OF_CHART, Held
from nodes.writing.ground import Basis, Ground, Support
from nodes.writing.reading import Reading

__all__ = ["WRITERS", "Basis", "Finding", "errors", "verify", "verify_on"]
WRITERS = frozenset[Basis]({"chart", "case", "policy", "decision"})


class Finding(Model):
    """What is wrong with a sentence: an error bars it, a warning asks a person to look."""

    sentence: str
    severity: Literal["error", "warning"]
    code: Literal[
        "basis",
        "no_citation",
        "unknown_fact",
        "quote",
        "hidden",
        "number",
        "date",
        "code",
        "side",
        "drug",
        "term",
        "name",
        "reference",
        "verdict",
        "off_topic",
        "derived",
        "polarity",
        "degree",
        "causal",
    ]
    detail: str


def verify(
    sentences: Iterable[Sentence],
    facts: Sequence[Fact],
    case: Case,
    *,
    assessment: Assessment | None = None,
    decision: Decision | None = None,
    notes: Sequence[Note] = (),
    references: Sequence[str] = (),
    bases: frozenset[Basis] = WRITERS,
) -> list[Finding]:
    """List the findings on sentences; none for a sentence means that all it claims is supported.

    A chart sentence must cite facts given here, word for word, and each number with its unit,
    date, code, drug, side, clinical term, name and degree in it must stand in the cited words or
    in the facts' fields; a dose must belong to the same drug, and what did not help must not have
    helped. A sentence of another basis is held the same way to the case, the policy or the
    decision and to what it cites. Literature may be called on only in the words of
    ``references``. ``bases`` says which a writer may use: for a model, ``{"chart"}``.
    """
    ground = Ground(
        facts, case, assessment=assessment, decision=decision, notes=notes, references=references
    )
    return verify_on(ground, sentences, bases=bases)


def verify_on(
    ground: Ground, sentences: Iterable[Sentence], *, bases: frozenset[Basis] = WRITERS
) -> list[Finding]:
    """Do the same on a ground that is kept, so that each of its texts is read once."""
    found = []
    for sentence in sentences:
        if sentence.basis not in bases:
            words = f"a writer may not speak as {sentence.basis}"
            found.append(
                Finding(sentence=sentence.id, severity="error", code="basis", detail=words)
            )
            continue
        said = Reading(sentence.text, ground.drugs)
        held = Held(sentence, said, Support(sentence, ground), ground)
        for check in (*ALL, *OF_CHART) if sentence.basis == "chart" else ALL:
            found += [
                Finding.model_validate(
                    {
                        "sentence": sentence.id,
                        "severity": wrong.severity,
                        "code": wrong.code,
                        "detail": wrong.detail[:500],
                    }
                )
                for wrong in check(held)
            ]
    return found


def errors(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Group the errors by sentence."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error":
            grouped.setdefault(finding.sentence, []).append(finding)
    return grouped
