"""What is looked at in a sentence, one check each: what it says against what it may say."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from nodes.chart import Fact
from nodes.prose import Sentence
from nodes.writing import attributes, authority, courses, derived, polarity, suspect, terms, whose
from nodes.writing.abbreviations import spelled_out
from nodes.writing.drugs import generic
from nodes.writing.figures import WORDS
from nodes.writing.ground import Ground, Support
from nodes.writing.narrative import NARRATIVE
from nodes.writing.reading import Reading
from nodes.writing.stems import stem
from nodes.writing.text import STOP, contains, fold
from nodes.writing.verdicts import verdicts

Severity = Literal["error", "warning"]
SEXED = {"male": frozenset({"she", "her", "hers"}), "female": frozenset({"he", "him", "his"})}
TELLING = frozenset(
    stem(word)
    for word in ("tolerated", "attended", "completed", "tried", "received", "underwent", "present")
)

FELL = re.compile(r"\bfell(?= (?:further )?(?:from|to|by)\b)")
SPELLED = frozenset(map(stem, WORDS)) | terms.FREE
ENDS = ("", ".", ";", "!", "?")


class Wrong(NamedTuple):
    """What is wrong: how much, the code of it, and words that say it."""

    severity: Severity
    code: str
    detail: str


class Held(NamedTuple):
    """One sentence with what it says and what it may say."""

    sentence: Sentence
    said: Reading
    may: Support
    ground: Ground


Check = Callable[[Held], Iterator[Wrong]]


def citations(held: Held) -> Iterator[Wrong]:
    """A chart sentence cites; what is cited exists and says the words quoted."""
    if held.sentence.basis == "chart" and not held.sentence.citations:
        yield Wrong("error", "no_citation", "it says something of the chart and cites nothing")
    for citation in held.sentence.citations:
        fact: Fact | None = held.ground.facts.get(citation.fact)
        if fact is None:
            yield Wrong("error", "unknown_fact", f"{citation.fact} is not among the facts")
        elif citation.quote != fact.quote and not contains(fact.quote, citation.quote):
            yield Wrong("error", "quote", f"{citation.fact} does not say what is quoted")


def characters(held: Held) -> Iterator[Wrong]:
    """Nothing hidden is shown, and no word is written in letters that only look right."""
    text = held.sentence.text
    if suspect.hidden(text):
        yield Wrong("error", "hidden", "it holds characters that are not seen")
    elif not text.isascii() and suspect.disguised(text, held.may.text):
        yield Wrong("error", "hidden", "it is written in letters or digits that the source lacks")


def values(held: Held) -> Iterator[Wrong]:
    """Numbers, dates, codes and sides stand in what is cited, or follow from it."""
    lacking = held.may.lacks(held.said)
    if not lacking:
        return
    birth = held.ground.case.patient.birth_date
    drugs = frozenset().union(*(part.drugs for part in held.may.quotes))
    counts = derived.counted(held.said.figured, len(drugs))
    for claim in lacking:
        if claim in counts or derived.follows(claim, held.may.claims, birth):
            yield Wrong("warning", "derived", f"{claim} follows from what is cited, not written")
        else:
            yield Wrong("error", claim.kind, f"{claim} stands nowhere in what is cited")


def drugs(held: Held) -> Iterator[Wrong]:
    """Drugs stand in what is cited."""
    for drug in sorted(held.said.drugs - held.may.drugs):
        yield Wrong("error", "drug", f"{drug} stands nowhere in what is cited")


def belongings(held: Held) -> Iterator[Wrong]:
    """A dose, a length and a side belong to the same thing as in the words cited."""
    if held.said.given:
        for one, other in attributes.taken_from_another(held.said.given, held.may.given):
            words = f"{one.value} {one.unit} belongs to {other}, not to {one.thing}"
            yield Wrong("error", "number", words)
    if held.said.sided:
        for part in attributes.wrong_side(held.said.sided, held.may.sided):
            yield Wrong("error", "side", f"the {part} has another side in what is cited")


def authorities(held: Held) -> Iterator[Wrong]:
    """Literature, guidelines and authorities are called on only where what is cited does."""
    for called in authority.called_on(
        held.sentence.text, held.said.folded, lambda: held.may.folded
    ):
        yield Wrong("error", "reference", f"nothing cited calls on this: {called}")


def verdict_words(held: Held) -> Iterator[Wrong]:
    """Only the policy and the payer decide."""
    if held.sentence.basis in {"chart", "case"}:
        for word in verdicts(held.sentence.text, held.may.folded):
            yield Wrong("error", "verdict", f"only the policy or the payer may say: {word}")


def clinical_terms(held: Held) -> Iterator[Wrong]:
    """A disease, a part of the body, a test or a treatment stands in what is cited."""
    words = terms.terms(FELL.sub("", held.said.folded)) - held.said.drugs
    for word in terms.unsaid(words, held.may.meant):
        yield Wrong("error", "term", f"{word} stands nowhere in what is cited")


def names(held: Held) -> Iterator[Wrong]:
    """People and other names stand in what is cited; the patient's own may always be said."""
    text = held.sentence.text
    words = set(terms.names(text)) | set(terms.acronyms(text))
    for word in sorted(words):
        folded = fold(word).removesuffix("'s")
        short = folded.removesuffix("s")
        known = folded in held.may.folded or stem(folded) in held.may.meant
        known = known or generic(folded) in held.may.drugs or spelled_out(folded, held.may.meant)
        known = known or short in held.may.meant or folded in held.ground.patient
        if not known and stem(folded) not in NARRATIVE:
            yield Wrong("error", "name", f"{word} stands nowhere in what is cited")
    wrong = SEXED.get(held.ground.case.patient.sex or "", frozenset())
    if wrong & held.said.stems and not wrong & held.may.meant:
        yield Wrong("error", "name", "it speaks of a person of the other sex")


def topic(held: Held) -> Iterator[Wrong]:
    """A sentence speaks of what it cites."""
    said = frozenset(word for word in held.said.stems if word not in STOP)
    if not said:
        return
    strange = said - held.may.meant - NARRATIVE - SPELLED
    shared = said & held.may.meant or held.said.claims & held.may.claims
    if not shared:
        yield Wrong("error", "off_topic", "it shares no word with what it cites")
    elif len(strange) > 2 and len(strange) * 2 > len(said - NARRATIVE):
        yield Wrong("error", "off_topic", "most of its words are not in what it cites")
    elif len(strange) * 2 > len(said):
        yield Wrong("warning", "off_topic", "many of its words are not in what it cites")


def meaning(held: Held) -> Iterator[Wrong]:
    """What is denied stays denied, what failed failed, and what is planned is not yet done."""
    quoted = " . ".join(part.folded for part in held.may.quotes)
    if not quoted or whole(held.said.folded.rstrip("."), quoted):
        return
    turned = polarity.turned(held.said.poles, held.may.poles)
    clear = {word for word in turned if word in TELLING or word in terms.clinical()}
    if clear:
        yield Wrong("error", "polarity", f"negated on one side only: {', '.join(sorted(clear))}")
    elif turned:
        yield Wrong("warning", "polarity", f"negated on one side: {', '.join(sorted(turned))}")
    yield from _outcome(held)
    yield from _whose(held)
    if courses.only_planned(held.said.folded, held.may.folded):
        yield Wrong("error", "polarity", "what is cited is planned, not done")
    if courses.made_certain(held.said.folded, quoted):
        yield Wrong("warning", "polarity", "what is cited is not certain")


def whole(said: str, quoted: str) -> bool:
    """Say whether words stand in a source as whole clauses: what is cut short may be denied."""
    place = quoted.find(said)
    if place < 0:
        return False
    before, after = quoted[:place].rstrip(" \"'"), quoted[place + len(said) :].lstrip(" \"'")
    return before[-1:] in ENDS and after[:1] in ENDS


def _outcome(held: Held) -> Iterator[Wrong]:
    known = frozenset().union(*(part.outcomes for part in held.may.parts))
    for pole in sorted(held.said.outcomes - known):
        words = "that it helped" if pole == "+" else "that it did not help"
        other = "says the contrary" if known else "does not say so"
        yield Wrong("error", "polarity", f"it says {words}; what is cited {other}")


def _whose(held: Held) -> Iterator[Wrong]:
    """What helped is the same drug, and who is ill the same person, as in what is cited."""
    sources = [part.folded for part in held.may.quotes]
    said = held.said.folded
    if held.said.drugs and held.said.outcomes:
        for drug, pole in whose.other_outcomes(said, sources, held.ground.drugs):
            words = "helped" if pole == "+" else "did not help"
            yield Wrong("error", "polarity", f"that {drug} {words} is not so in what is cited")
    for term in whose.others_diseases(said, sources):
        yield Wrong("error", "name", f"{term} is told of another person in what is cited")


def degree(held: Held) -> Iterator[Wrong]:
    """More, less, how severe, how sure and why are as in what is cited."""
    ways = frozenset().union(*(part.directions for part in held.may.parts))
    for pole in sorted(held.said.directions - ways):
        way = "more" if pole == "+" else "less"
        turned: Severity = "error" if ways else "warning"
        yield Wrong(turned, "degree", f"it says {way}, which what is cited does not")
    known: set[int] = set().union(*(part.degrees for part in held.may.parts))
    for place, word in held.said.degrees.items():
        negative = word == "negative" and held.may.poles.negated
        if place not in known and stem(word) not in held.may.meant and not negative:
            yield Wrong("error", "degree", f"{word} stands nowhere in what is cited")
    if courses.CAUSAL.search(held.said.folded) and not courses.CAUSAL.search(held.may.folded):
        yield Wrong("warning", "causal", "what is cited names no cause")
    strongest = courses.SUPERLATIVE.search(held.said.folded)
    if strongest and strongest[0] not in held.may.folded:
        yield Wrong("warning", "degree", f"{strongest[0]} is not in what is cited")


ALL: tuple[Check, ...] = (
    citations,
    characters,
    values,
    drugs,
    belongings,
    authorities,
    verdict_words,
)
OF_CHART: tuple[Check, ...] = (clinical_terms, names, topic, meaning, degree)
