"""How a fact is said: its own words, its dates, and who wrote them; nothing is reworded."""

from collections.abc import Mapping
from datetime import date

from nodes.chart import Fact, Note
from nodes.prose import Citation
from nodes.writing.claims import claims
from nodes.writing.draft import Line
from nodes.writing.text import clean, contains, ended, excerpt, labelled, tidied
from nodes.writing.topics import label

KEPT = frozenset({"assessment", "impression", "plan"})
QUIET = frozenset({"final", "finished", "confirmed", "current", "corrected", "amended", "unknown"})


def said(fact: Fact, notes: Mapping[str, Note], quote: str | None = None) -> Line:
    """Say one fact as one sentence of the chart."""
    words, citation = cited(fact, quote)
    if fact.span:
        return Line(f"{_noted(fact, notes, words)}.", "chart", (citation,))
    head = f"Ordered: {words}" if _only_ordered(fact, words) else words[:1].upper() + words[1:]
    parts = [head.rstrip("."), *_fields(fact, words)]
    return Line(ended("; ".join(parts)), "chart", (citation,))


def entry(fact: Fact, notes: Mapping[str, Note]) -> Line:
    """Say one fact within a letter's prose: words of a note as they are, a record as an entry."""
    if fact.span:
        return said(fact, notes)
    words, citation = shown(fact, notes)
    return Line(f"The record lists: {words}.", "chart", (citation,))


def shown(fact: Fact, notes: Mapping[str, Note], quote: str | None = None) -> tuple[str, Citation]:
    """Quote a fact within a sentence: its words, writer and day, and the citation."""
    words, citation = cited(fact, quote)
    if fact.span:
        return _noted(fact, notes, words), citation
    fields = ", ".join((["ordered"] if _only_ordered(fact, words) else []) + _fields(fact, words))
    return f"{_quoted(words)}{f' ({fields})' if fields else ''}", citation


def cited(fact: Fact, quote: str | None = None) -> tuple[str, Citation]:
    """Give the words to show and the citation that carries them."""
    source = quote if quote and contains(fact.quote, quote) else fact.quote
    raw, cut = excerpt(source)
    words = clean(raw) if fact.span else tidied(clean(raw))
    return (f"{words} [...]" if cut else words), Citation(fact=fact.id, quote=raw)


def attribution(fact: Fact, notes: Mapping[str, Note]) -> str:
    """Say who wrote a note's words and when, in brackets."""
    note = notes.get(fact.source)
    author = fact.author or (note.author if note else None)
    written = day(fact, notes)
    inside = ", ".join(filter(None, (clean(author or ""), written.isoformat() if written else "")))
    return f" ({inside})" if inside else ""


def day(fact: Fact, notes: Mapping[str, Note]) -> date | None:
    """Give the day a fact is dated by: its note's, else its own start or end."""
    note = notes.get(fact.source) if fact.span else None
    return note.written if note else fact.start or fact.end


def by_source(notes: tuple[Note, ...]) -> dict[str, Note]:
    """Index notes by the reference their facts begin with."""
    return {note.id.partition("#")[0]: note for note in notes}


def _noted(fact: Fact, notes: Mapping[str, Note], words: str) -> str:
    """Quote a note: a label worth keeping, the words, who wrote them and when."""
    part = label(fact, notes.get(fact.source))
    lead = f"{part.capitalize()}: " if part in KEPT else ""
    return f"{lead}{_quoted(labelled(words)[1])}{attribution(fact, notes)}"


def _quoted(words: str) -> str:
    return f'"{words if words.endswith("...]") else words.rstrip(".")}"'


def _only_ordered(fact: Fact, words: str) -> bool:
    return fact.kind == "order" and not contains(words, "ordered")


def _fields(fact: Fact, words: str) -> list[str]:
    """Give a record's code, status and dates, where its words lack them."""
    code = next((c for c in fact.codes if c.system in {"ICD-10-CM", "CPT", "HCPCS"}), None)
    parts = []
    if code and fact.kind != "encounter" and not contains(words, code.code):
        parts.append(f"{code.system} {code.code}")
    if fact.status and fact.status not in QUIET and not contains(words, fact.status):
        parts.append(clean(fact.status))
    return [*parts, *_dated(fact, words)]


def _dated(fact: Fact, words: str) -> list[str]:
    known = {claim.value for claim in claims(words) if claim.kind == "date"}
    days = [d.isoformat() for d in (fact.start, fact.end) if d]
    if not days or known.issuperset(days):
        return []
    if fact.end and not fact.start:
        return [f"until {days[0]}"]
    lasting = fact.kind in {"condition", "medication", "device"} and not fact.end
    return [f"since {days[0]}" if lasting else " to ".join(dict.fromkeys(days))]
