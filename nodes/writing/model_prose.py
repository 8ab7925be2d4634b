"""Prose asked of a model and held like a draft: what does not hold is dropped and listed.

Nothing a model writes is needed: whoever asks has the deterministic sentences, and puts back those
of facts that no sentence of the model tells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from nodes.audit import Used
from nodes.chart import Fact, Note
from nodes.errors import NodeError
from nodes.prose import Omission, Sentence, Writer, Writing
from nodes.settings import settings
from nodes.suspicion.found import suspicious
from nodes.writing import providers
from nodes.writing.asking import problem
from nodes.writing.claude import Cite, Passage, Telling, Told
from nodes.writing.draft import Line, Material
from nodes.writing.model_aligned import astray
from nodes.writing.model_cited import Cited, sentences
from nodes.writing.model_sources import sources
from nodes.writing.phrase import attribution, by_source
from nodes.writing.prompt import Prompt, chosen
from nodes.writing.text import clean, content_words, ended
from nodes.writing.verify import Finding, verify

MOST_FACTS = 60
MOST_SENTENCES = 60
PIECE = 400
MOSTLY = 0.6  # of a fact's words, so that it counts as told
BARS_NOT = frozenset({"derived", "polarity", "off_topic", "degree", "term", "causal"})
UNSENT = frozenset({"no_key", "bad_key", "extra_missing", "not_configured"})


@dataclass(frozen=True)
class Order:
    """What a model is asked to tell: by which prompt, of which facts, and what it must know."""

    prompt: str
    facts: tuple[Fact, ...]
    about: dict[str, str]


@dataclass(frozen=True)
class Prose:
    """The sentences of a model that hold, with their headings; and what happened."""

    lines: tuple[tuple[str, Line], ...]
    writing: Writing
    omissions: tuple[Omission, ...] = ()
    used: tuple[Used, ...] = ()


def write(order: Order, material: Material, *, writer: Writer, ask: Cite) -> Prose:
    """Ask a model where one is to be asked, and keep what holds; it never fails."""
    if writer == "deterministic" or not order.facts:
        return Prose((), Writing())
    if writer == "auto" and not _available():
        return Prose((), Writing())
    prompt: Prompt | None = None
    try:
        prompt = chosen(order.prompt)
        telling, behind = told_of(order, prompt)
        told = ask(telling)
    except NodeError as error:
        code = problem(error)
        asked = code not in UNSENT
        used = (prompt.used,) if prompt and asked else ()
        return Prose((), Writing(asked=asked, problem=code), used=used)
    return _held(told, telling, behind, material)


def _available() -> bool:
    return providers.configured(settings().model)


def told_of(order: Order, prompt: Prompt) -> tuple[Telling, dict[str, str]]:
    """Make the request, and say which fact stands behind each name in it.

    Names are numbers of this request: no identifier of the EHR leaves.
    """
    passages: list[Passage] = []
    behind: dict[str, str] = {}
    for fact in order.facts[:MOST_FACTS]:
        pieces = _pieces(fact.quote)
        if pieces:
            name = f"fact-{len(passages) + 1}"
            passages.append(Passage(name, _title(fact), pieces))
            behind[name] = fact.id
    return Telling(prompt, order.about, tuple(passages)), behind


def _pieces(quote: str) -> tuple[str, ...]:
    """Cut a fact's words where sentences end, so that a citation is not all of a long passage.

    What speaks to software is not shown to it: the deterministic sentence quotes it as it stands.
    """
    text = clean(quote)
    parts = re.split(r"(?<=[a-z0-9)][.;!?]) (?=[A-Z])", text) if len(text) > PIECE else [text]
    return tuple(part for part in parts if part and not suspicious(part))


def _title(fact: Fact) -> str:
    """Say what a fact is, its state and its days: nothing here can be cited."""
    days = [day.isoformat() for day in (fact.start, fact.end) if day]
    parts = (
        fact.kind.replace("_", " "),
        clean(fact.status or ""),
        " to ".join(dict.fromkeys(days)),
    )
    return ", ".join(part for part in parts if part)


def _held(told: Told, telling: Telling, behind: dict[str, str], material: Material) -> Prose:
    found = list(islice(sentences(told.blocks, telling.passages, behind), MOST_SENTENCES))
    barred = _barred(found, material)
    kept: list[tuple[str, Line]] = []
    omissions = []
    facts = material.by_id
    notes = by_source(material.chart.notes)
    for number, cited in enumerate(found, 1):
        why = barred.get(f"s{number}")
        if why is None:
            whose = _whose([facts[c.fact] for c in cited.citations], notes)
            kept.append((cited.heading, Line(_begun(cited.text, whose), "chart", cited.citations)))
        elif _tells(cited):
            omissions.append(_omission(number, cited, why))
    writing = Writing(
        writer="model" if kept else "deterministic",
        asked=True,
        model=told.model,
        problem=None if kept else "nothing_held",
        dropped=len(omissions),
        input_tokens=told.input_tokens,
        output_tokens=told.output_tokens,
    )
    return Prose(tuple(kept), writing, tuple(omissions), told.used)


def _barred(found: Sequence[Cited], material: Material) -> dict[str, str]:
    """Say of each sentence that does not hold why, by its id."""
    barred = {f"s{n}": cited.wrong for n, cited in enumerate(found, 1) if cited.wrong}
    barred |= {
        f"s{n}": "it is too long" for n, cited in enumerate(found, 1) if len(cited.text) > 1900
    }
    checked = [
        Sentence(id=f"s{n}", text=ended(cited.text), citations=cited.citations)
        for n, cited in enumerate(found, 1)
        if f"s{n}" not in barred
    ]
    findings = verify(
        checked,
        material.facts,
        material.case,
        assessment=material.assessment,
        decision=material.decision,
        notes=material.chart.notes,
        bases=frozenset({"chart"}),
    )
    for finding in findings:
        if _bars(finding):
            barred.setdefault(finding.sentence, finding.detail)
    notes = by_source(material.chart.notes)
    for sentence in checked:
        if why := _foreign(sentence, material.by_id, notes):
            barred.setdefault(sentence.id, why)
    return barred


def _foreign(
    sentence: Sentence, facts: Mapping[str, Fact], notes: Mapping[str, Note]
) -> str | None:
    """Say of a sentence that what it says no source of it says, or that it speaks to software."""
    if suspicious(sentence.text):
        return "it speaks to a reader or a program"
    if astray(sentence.text, sources(sentence.citations, facts, notes)):
        return "it joins what stands apart in the record, or leaves out what limits it"
    return None


def _bars(finding: Finding) -> bool:
    """A model's sentence is barred by a warning too; what frames hold closer is left to them."""
    return finding.code not in BARS_NOT


def _begun(text: str, whose: str) -> str:
    """Begin with a capital letter, and end with who wrote it and a stop."""
    plain = re.match(r"[a-z]+(?![\w])", text)
    begun = text[:1].upper() + text[1:] if plain else text
    return ended(begun.rstrip(" .") + whose if whose else begun)


def _whose(facts: Sequence[Fact], notes: Mapping[str, Note]) -> str:
    """Say who wrote a note and when, where a sentence cites words of that note alone."""
    if len({fact.source for fact in facts}) == 1 and all(fact.span for fact in facts):
        return attribution(facts[0], notes)
    return ""


def _tells(cited: Cited) -> bool:
    return bool(content_words(cited.text))


def _omission(number: int, cited: Cited, why: str) -> Omission:
    """Say what was dropped without its words: they may be false, and are nobody's."""
    facts = ", ".join(dict.fromkeys(citation.fact for citation in cited.citations))
    about = f", about {facts}" if facts else ""
    return Omission(what=f"Sentence {number} of the model{about}"[:500], why=why[:500])


def untold(wanted: Iterable[Line], lines: Iterable[tuple[str, Line]]) -> tuple[Line, ...]:
    """List the deterministic sentences whose facts no sentence of the model tells."""
    said: dict[str, frozenset[str]] = {}
    for _, line in lines:
        for citation in line.citations:
            before = said.get(citation.fact, frozenset())
            said[citation.fact] = before | content_words(line.text)
    return tuple(line for line in wanted if not _told(line, said))


def _told(line: Line, said: dict[str, frozenset[str]]) -> bool:
    """A fact is told when the sentences that cite it use most of its words."""
    for citation in line.citations:
        words = content_words(citation.quote)
        told = words & said.get(citation.fact, frozenset())
        if citation.fact not in said or len(told) < MOSTLY * len(words):
            return False
    return True
