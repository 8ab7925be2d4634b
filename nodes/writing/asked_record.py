"""What in the record answers an item that a payer asks for; nothing else is shown or sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from nodes.chart import Fact, Note
from nodes.writing.asked_agreement import agrees, planned
from nodes.writing.asked_case import of_case
from nodes.writing.asked_for import Asked, Kind
from nodes.writing.asked_notes import WHOLE, wanted_words
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, day, said
from nodes.writing.text import clean, content_words, fold, heading
from nodes.writing.topics import label

MOST, NEAR, KIND, TOLD, ITSELF = 3, 3, 4, 2, 50
TO_COME = frozenset({"plan", "order", "reason", "medication", "visit"})
NEWEST = re.compile(r"\b(?:most recent|latest|newest|last(?! \d))\b")
A_REPORT = re.compile(r"\b(?:reports?|copy|copies|films?|images?|radiolog\w+|results?)\b")
OF_THERAPIST = re.compile(r"\b(?:d?pt|otr?|physical therapist|physical therapy|therapy)\b")
NOT_THEIRS = "the therapist's own notes are not in the record read; the record says of it"


def there(asked: Asked, material: Material) -> bool:
    """Say whether the request or the record answers an item."""
    return bool(of_case(asked.words, material.case) or matching(asked, material))


def answer(asked: Asked, material: Material) -> list[Line]:
    """Answer one item with the request's or the record's words, else say that there are none."""
    if told := of_case(asked.words, material.case):
        return [Line(f"{asked.lead}: {told[:1].lower()}{told[1:]}", "decision")]
    notes = by_source(material.chart.notes)
    found = matching(asked, material)
    if not found:
        text = f"{asked.lead}: not found in the record read for this answer; it is not claimed."
        return [Line(text, "decision")]
    lines = [said(fact, notes) for fact in found]
    first, *rest = lines
    words = first.text[:1].lower() + first.text[1:] if first.text[1:2].islower() else first.text
    lead = f"{asked.lead}: {_before(asked, found, notes)}"
    return [Line(f"{lead}{words}", "decision", first.citations), *rest]


def _before(asked: Asked, found: Sequence[Fact], notes: Mapping[str, Note]) -> str:
    """Say which note is meant, or that the notes asked for are others than those quoted."""
    note = notes.get(found[0].source)
    if found[0].why == WHOLE and note:
        who = f" by {clean(note.author)}" if note.author else ""
        return f"{clean(note.title)} of {note.written.isoformat()}{who}: "
    of_therapy = {kind.id for kind in asked.kinds} == {"therapy"}
    if of_therapy and re.search(r"\b(?:notes?|records?)\b", fold(asked.words)):
        theirs = [one for one in notes.values() if OF_THERAPIST.search(_who(one))]
        return "" if theirs else f"{NOT_THEIRS}: "
    return ""


def _who(note: Note) -> str:
    return fold(f"{note.title} {note.author or ''}")


def matching(asked: Asked, material: Material) -> list[Fact]:
    """Find what answers an item, the best first, of the like the newest, a few; nothing beyond."""
    notes = by_source(material.chart.notes)
    scored = [
        (score, fact)
        for fact in material.facts
        if (score := _score(fact, asked, notes)) and agrees(fact, asked.wish, notes, material.case)
    ]
    scored = _documents(scored, asked)
    if not scored:
        return []
    if NEWEST.search(fold(asked.words)):
        last = max(day(fact, notes) or date.min for _, fact in scored)
        scored = [one for one in scored if (day(one[1], notes) or date.min) == last]
    best = max(score for score, _ in scored)
    kept = [
        (score, day(fact, notes) or date.min, fact.id, fact)
        for score, fact in scored
        if score >= best - NEAR or asked.wish.several
    ]
    ranked = [fact for _, _, _, fact in sorted(kept, key=lambda one: one[:3], reverse=True)]
    return _enough(_fresh(ranked), asked, notes)


def _fresh(ranked: Sequence[Fact]) -> list[Fact]:
    fresh: list[Fact] = []
    for fact in ranked:
        words = fold(fact.quote).rstrip(".")
        if not any(
            words in (other := fold(one.quote).rstrip(".")) or other in words for one in fresh
        ):
            fresh.append(fact)
    return fresh


def _enough(found: Sequence[Fact], asked: Asked, notes: Mapping[str, Note]) -> list[Fact]:
    """Keep a few; none where several days, or each of the words named, are asked and not there."""
    if asked.wish.several:
        by_day = {day(fact, notes): fact for fact in reversed(found)}
        return list(by_day.values())[:MOST] if len(by_day) > 1 else []
    shown = list(found[:MOST])
    if any(kind.every for kind in asked.kinds):
        told = content_words(" ".join(fact.quote for fact in shown))
        return shown if wanted_words(asked) <= told else []
    return shown


def _documents(scored: list[tuple[int, Fact]], asked: Asked) -> list[tuple[int, Fact]]:
    """Keep the reports themselves where a report is asked for; what tells of one is none."""
    if not any(kind.id in {"imaging", "electric", "pathology"} for kind in asked.kinds):
        return scored
    own = [one for one in scored if _is_report(one[1])]
    return own if own or A_REPORT.search(fold(asked.words)) else scored


def _is_report(fact: Fact) -> bool:
    return fact.kind == "report" or fact.source.startswith("DiagnosticReport/")


def _score(fact: Fact, asked: Asked, notes: Mapping[str, Note]) -> int:
    """Count what speaks for a fact: shared words, then the kind; 0: it does not answer."""
    if _unfit(fact, asked, notes):
        return 0
    if fact.why == WHOLE:
        return ITSELF if any(kind.id == "visit" for kind in asked.kinds) else 0
    wanted = wanted_words(asked)
    shared = len(wanted & content_words(fact.quote))
    if not asked.kinds:
        return shared if 2 * shared > len(wanted) and shared >= min(2, len(wanted)) else 0
    listed = any(fact.kind in kind.facts for kind in asked.kinds)
    of_kind = [kind for kind in asked.kinds if _of(fact, kind, notes)]
    strict = [kind for kind in asked.kinds if kind.strict]
    if any(kind not in of_kind for kind in strict) or (not of_kind and not (listed and shared)):
        return 0
    apt = KIND if listed else TOLD if fact.span and of_kind else 0
    return 2 * shared + len(of_kind) + apt


def _unfit(fact: Fact, asked: Asked, notes: Mapping[str, Note]) -> bool:
    kinds = {kind.id for kind in asked.kinds}
    listed = any(fact.kind in kind.facts for kind in asked.kinds)
    titled = fact.kind == "document" and not fact.span
    other = fact.kind in {"order", "encounter"} and not listed
    return bool(
        heading(fact.quote) or titled or other or (planned(fact, notes) and not kinds & TO_COME)
    )


def _of(fact: Fact, kind: Kind, notes: Mapping[str, Note]) -> bool:
    """Say whether a fact is of a kind: by its words, or the title and the part it stands in."""
    note = notes.get(fact.source)
    if kind.sections and fact.span and (part := label(fact, note)) and part not in kind.sections:
        return False
    words = fold(fact.quote)
    titled = fact.span and note and fact.why != WHOLE and _is_report(fact)
    return kind.spoken(f"{words} {fold(note.title)}" if titled and note else words)
