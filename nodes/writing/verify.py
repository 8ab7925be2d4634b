"""Check sentences against what they cite, whoever wrote them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from nodes.assessment import Assessment
from nodes.audit import Model
from nodes.case import Case
from nodes.chart import Fact, Note
from nodes.decision import Decision
from nodes.prose import Sentence
from nodes.writing.claims import Claim, claims, dates, fact_claims, unsupported
from nodes.writing.drugs import chart_drugs, drugs
from nodes.writing.polarity import contradicted
from nodes.writing.text import contains, content_words
from nodes.writing.verdicts import verdicts

Basis = Literal["chart", "case", "policy", "decision", "reviewer", "form"]
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
        "number",
        "date",
        "code",
        "side",
        "drug",
        "verdict",
        "off_topic",
        "derived",
        "polarity",
    ]
    detail: str


@dataclass(frozen=True)
class Ground:
    """What sentences may stand on: facts by id, and the words of case, policy and decision."""

    facts: Mapping[str, Fact]
    case: Case
    words: Mapping[str, str]
    claims: Mapping[str, frozenset[Claim]]
    written: Mapping[str, date]
    drugs: frozenset[str]


Check = Callable[[Sentence, Ground], Iterator[Finding]]


def verify(
    sentences: Iterable[Sentence],
    facts: Sequence[Fact],
    case: Case,
    *,
    assessment: Assessment | None = None,
    decision: Decision | None = None,
    notes: Sequence[Note] = (),
    bases: frozenset[Basis] = WRITERS,
) -> list[Finding]:
    """List the findings on sentences; none for a sentence means that all it claims is supported.

    A chart sentence must cite facts given here, word for word, and each number with its unit,
    date, code, drug and side in it must stand in the cited words or in the facts' fields. A
    sentence of another basis is held the same way to the case, the policy or the decision and
    to what it cites. ``bases`` says which a writer may use: for a model, ``{"chart"}``.
    """
    ground = _ground(facts, case, assessment, decision, notes)
    found = []
    for sentence in sentences:
        if sentence.basis not in bases:
            found.append(_error(sentence, "basis", f"a writer may not speak as {sentence.basis}"))
            continue
        for check in _CHECKS:
            found += check(sentence, ground)
    return found


def errors(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Group the errors by sentence."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error":
            grouped.setdefault(finding.sentence, []).append(finding)
    return grouped


def _ground(
    facts: Sequence[Fact],
    case: Case,
    assessment: Assessment | None,
    decision: Decision | None,
    notes: Sequence[Note],
) -> Ground:
    own = _strings(case)
    policy = f"{own} {_strings(assessment)}" if assessment else own
    said = f"{policy} {_strings(decision)}" if decision else policy
    words = {"case": own, "policy": policy, "decision": said}
    return Ground(
        facts={fact.id: fact for fact in facts},
        case=case,
        words=words,
        claims={basis: claims(text) for basis, text in words.items()},
        written={note.id.partition("#")[0]: note.written for note in notes},
        drugs=chart_drugs(facts),
    )


def _citations(sentence: Sentence, ground: Ground) -> Iterator[Finding]:
    if sentence.basis == "chart" and not sentence.citations:
        yield _error(sentence, "no_citation", "it says something of the chart and cites nothing")
    for citation in sentence.citations:
        fact = ground.facts.get(citation.fact)
        if fact is None:
            yield _error(sentence, "unknown_fact", f"{citation.fact} is not among the facts")
        elif not contains(fact.quote, citation.quote):
            yield _error(sentence, "quote", f"{citation.fact} does not say what is quoted")


def _claims(sentence: Sentence, ground: Ground) -> Iterator[Finding]:
    known = _known(sentence, ground)
    derived = _derived(sentence, ground, known)
    for claim in unsupported(claims(sentence.text), known):
        if claim in derived:
            yield _warning(sentence, "derived", f"{claim} follows from dates, it is not written")
        else:
            yield _error(sentence, claim.kind, f"{claim} stands nowhere in what is cited")


def _drugs(sentence: Sentence, ground: Ground) -> Iterator[Finding]:
    support = drugs(_support(sentence, ground), ground.drugs)
    for drug in sorted(drugs(sentence.text, ground.drugs) - support):
        yield _error(sentence, "drug", f"{drug} stands nowhere in what is cited")


def _verdicts(sentence: Sentence, ground: Ground) -> Iterator[Finding]:
    if sentence.basis in {"chart", "case"}:
        for word in verdicts(sentence.text, _support(sentence, ground)):
            yield _error(sentence, "verdict", f"only the policy or the payer may say: {word}")


def _topic(sentence: Sentence, ground: Ground) -> Iterator[Finding]:
    said = content_words(sentence.text)
    if sentence.basis != "chart" or not said:
        return
    share = len(said & content_words(_support(sentence, ground))) / len(said)
    if share == 0:
        yield _error(sentence, "off_topic", "it shares no word with what it cites")
    elif share < 0.5:
        yield _warning(sentence, "off_topic", "most of its words are not in what it cites")


def _polarity(sentence: Sentence, ground: Ground) -> Iterator[Finding]:
    if sentence.basis == "chart" and sentence.citations:
        turned = contradicted(sentence.text, " . ".join(c.quote for c in sentence.citations))
        if turned:
            yield _warning(
                sentence, "polarity", f"negated on one side: {', '.join(sorted(turned))}"
            )


_CHECKS: tuple[Check, ...] = (_citations, _claims, _drugs, _verdicts, _topic, _polarity)


def _cited(sentence: Sentence, ground: Ground) -> list[Fact]:
    return [ground.facts[c.fact] for c in sentence.citations if c.fact in ground.facts]


def _support(sentence: Sentence, ground: Ground) -> str:
    """Give all words a sentence may use: quotes it cites, those facts' fields, its basis'."""
    return f"{_cited_words(sentence, ground)} . {ground.words.get(sentence.basis, '')}"


def _cited_words(sentence: Sentence, ground: Ground) -> str:
    parts = [citation.quote for citation in sentence.citations]
    for fact in _cited(sentence, ground):
        parts += [fact.kind, fact.status or "", fact.value_text or "", fact.author or ""]
        parts += [f"{coding.system} {coding.code} {coding.display or ''}" for coding in fact.codes]
    return " . ".join(parts)


def _known(sentence: Sentence, ground: Ground) -> frozenset[Claim]:
    known = set(claims(_cited_words(sentence, ground)))
    known |= ground.claims.get(sentence.basis, frozenset())
    for fact in _cited(sentence, ground):
        known |= fact_claims(fact)
        if written := ground.written.get(fact.source):
            known.add(Claim("date", written.isoformat()))
    return frozenset(known)


def _derived(sentence: Sentence, ground: Ground, known: frozenset[Claim]) -> set[Claim]:
    """Work out ages at the cited dates and lengths between two dates of one cited fact."""
    birth = ground.case.patient.birth_date
    found = set()
    for day in dates(known):
        years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        found.add(Claim("number", str(years), "a"))
    for fact in _cited(sentence, ground):
        if fact.start and fact.end:
            days = (fact.end - fact.start).days
            lengths = (("d", days), ("d", days + 1), ("wk", days // 7), ("mo", days // 30))
            found |= {Claim("number", str(length), unit) for unit, length in lengths}
    return found


def _strings(model: BaseModel | None) -> str:
    """Write all values of a model, one after the other."""
    return " ; ".join(_leaves(model.model_dump(mode="json"))) if model else ""


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{value.get('quantity') or ''} {value.get('unit') or ''}"
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value)


def _error(sentence: Sentence, code: str, detail: str) -> Finding:
    return Finding.model_validate(
        {"sentence": sentence.id, "severity": "error", "code": code, "detail": detail}
    )


def _warning(sentence: Sentence, code: str, detail: str) -> Finding:
    return Finding.model_validate(
        {"sentence": sentence.id, "severity": "warning", "code": code, "detail": detail}
    )
