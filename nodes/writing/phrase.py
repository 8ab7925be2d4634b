"""How a fact is said: its own words, its dates, and who wrote them; nothing is reworded."""

from collections.abc import Mapping
from datetime import date

from nodes.chart import Fact, Note
from nodes.prose import Citation
from nodes.writing.claims import claims
from nodes.writing.draft import Line
from nodes.writing.text import clean, contains, ended, excerpt

QUIET = frozenset({"final", "finished", "confirmed", "current", "corrected", "amended", "unknown"})


def said(fact: Fact, notes: Mapping[str, Note], quote: str | None = None) -> Line:
    """Say one fact as one sentence of the chart."""
    words, citation = cited(fact, quote)
    if fact.span:
        return Line(f'"{words}"{attribution(fact, notes)}.', "chart", (citation,))
    return Line(ended(_recorded(fact, words)), "chart", (citation,))


def shown(fact: Fact, notes: Mapping[str, Note], quote: str | None = None) -> tuple[str, Citation]:
    """Quote a fact within a sentence: its words, writer and day, and the citation."""
    words, citation = cited(fact, quote)
    if fact.span:
        return f'"{words}"{attribution(fact, notes)}', citation
    return f'"{_recorded(fact, words).rstrip(".")}"', citation


def cited(fact: Fact, quote: str | None = None) -> tuple[str, Citation]:
    """Give the words to show and the citation that carries them."""
    source = quote if quote and contains(fact.quote, quote) else fact.quote
    raw, cut = excerpt(source)
    words = clean(raw)
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


def _recorded(fact: Fact, words: str) -> str:
    """Add to a record's words its code, status and dates where the words lack them."""
    parts = [words.rstrip(".")]
    code = next((c for c in fact.codes if c.system in {"ICD-10-CM", "CPT", "HCPCS"}), None)
    if code and not contains(words, code.code):
        parts[0] += f" ({code.code})"
    if fact.kind == "order" and not contains(words, "ordered"):
        parts[0] = f"Ordered: {parts[0]}"
    if fact.status and fact.status not in QUIET and not contains(words, fact.status):
        parts.append(clean(fact.status))
    if dated := _dated(fact, words):
        parts.append(dated)
    return ", ".join(parts)


def _dated(fact: Fact, words: str) -> str:
    known = {claim.value for claim in claims(words) if claim.kind == "date"}
    days = [d.isoformat() for d in (fact.start, fact.end) if d]
    if not days or known.issuperset(days):
        return ""
    return " to ".join(dict.fromkeys(days)) if fact.start else f"until {days[0]}"
