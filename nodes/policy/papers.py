"""Questions about documents: whether one of a kind is there, of what age, and what it states."""

import re
from dataclasses import dataclass
from datetime import date

from nodes.chart import Fact, Span
from nodes.policy.finding import Finding, Refused, Voice, against, beside, day, met, silent, stale
from nodes.policy.index import QUOTE, Mention, Question, quoted
from nodes.policy.leaf import before
from nodes.policy.leaves import DocumentPresent
from nodes.policy.refusing import refused, why_refused
from nodes.policy.sentences import ReadNote

OUTDATED = frozenset({"superseded", "preliminary", "registered", "unknown"})
_DENIED = re.compile(r"\b(?:no|not|without|negative for|denie[sd])\b[^.;,]{0,60}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its cover among the facts, its text among the notes, or both."""

    id: str
    on: date | None
    cover: Fact | None
    note: ReadNote | None

    @property
    def voice(self) -> Voice:
        """Quote the cover, else the first sentence of the text."""
        if self.cover:
            return Voice(self.cover, "for", self.on)
        assert self.note is not None
        return Voice(_first_words(self.note), "for", self.on, own=True)


def document_present(leaf: DocumentPresent, question: Question) -> Finding:
    """Find the document, then what it must state, then whether it is recent enough."""
    papers, outdated = _papers(leaf, question)
    if not papers:
        reason = "No such document is in the record that was searched."
        return beside(silent(leaf, reason), outdated)
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    fresh = [one for one in papers if one.on is None or one.on >= since]
    if not fresh:
        newest = papers[-1]
        reason = f"The latest is of {day(newest.on)}, before {day(since)}."
        return beside(stale(reason, [newest.voice]), outdated)
    if leaf.says:
        return beside(_stating(leaf.says, leaf, question, fresh), outdated)
    newest = fresh[-1]
    reason = f"A document of {day(newest.on)} is in the record."
    return beside(met(reason, [one.voice for one in fresh]), outdated)


def _stating(says: str, leaf: DocumentPresent, question: Question, papers: list[Paper]) -> Finding:
    label = question.words[says].label
    mentions = question.index.mentions(says)
    by_id = {paper.id: paper for paper in papers}
    covers = [one for one in papers if one.cover and _covers(question, says, one.cover)]
    shown = [one.voice for one in covers]
    denied: list[Voice] = []
    no: list[tuple[Mention, str]] = []
    for one in mentions:
        paper = by_id.get(one.note.note.id)
        if paper is None:
            continue
        why = why_refused(one, ever=True)
        if why is None:
            shown += [Voice(quoted(one), "for", paper.on, own=True), paper.voice]
        elif one.negated:
            denied.append(Voice(quoted(one), "against", paper.on, own=True))
        else:
            no.append((one, why))
    if shown:
        return beside(met(f"A document states {label}.", shown), refused(no))
    if denied:
        return beside(against(f"The document denies {label}.", denied), refused(no))
    voices = tuple(one.voice for one in papers[-3:])
    if any(one.note is None for one in papers):
        reason = f"The document is there, but its text was not read: it may state {label}."
        return Finding("unknown", reason, voices, gap="absent")
    answer = silent(leaf, f"The document is there, but does not state {label}.")
    found = Finding(answer.status, answer.reason, voices, gap=answer.gap)
    return beside(found, refused(no))


def _covers(question: Question, says: str, cover: Fact) -> bool:
    """Whether a report's own words state it."""
    words = question.words[says]
    if cover.kind != "report" or (words.denied_by and words.denied_by.search(cover.quote)):
        return False
    found = words.pattern.search(cover.quote)
    return bool(found) and not _DENIED.search(cover.quote[: found.start()] if found else "")


def _papers(leaf: DocumentPresent, question: Question) -> tuple[list[Paper], list[Refused]]:
    """List the documents by code or title, oldest first, and those that no longer count."""
    notes = {one.note.id: one for one in question.index.notes}
    by_kind = question.index.by_kind
    known = [*by_kind["document"], *by_kind["report"]]
    coded = leaf.value_set and question.coded(leaf.value_set, ("document", "report"))
    wanted = {fact.id for fact in coded or ()}
    title = question.words[leaf.concept].pattern if leaf.concept else None
    found: dict[str, Paper] = {}
    outdated: list[Refused] = []
    for fact in known:
        note = notes.get(fact.id)
        if fact.id not in wanted and not (title and title.search(_title(fact, note))):
            continue
        if fact.status in OUTDATED:
            outdated.append(Refused(fact, f"Its status is {fact.status}.", fact.start))
            continue
        on = fact.start or (note.note.written if note else None)
        found[fact.id] = Paper(fact.id, on, fact, note)
    gone = {one.fact.id for one in outdated}
    for name, note in notes.items():
        if name not in found and name not in gone and title and title.search(note.note.title):
            found[name] = Paper(name, note.note.written, None, note)
    papers = sorted(found.values(), key=lambda one: (one.on or date.min, one.id))
    return papers, outdated


def _title(fact: Fact, note: ReadNote | None) -> str:
    if note:
        return note.note.title
    return ";".join(fact.quote.split(";", 2)[: 2 if fact.kind == "document" else 1])


def _first_words(note: ReadNote) -> Fact:
    sentence, text = note.sentences[0], note.note.text
    end = min(sentence.end, sentence.start + QUOTE)
    return Fact(
        id=f"{note.note.id.partition('#')[0]}#{sentence.start}-{end}",
        kind="statement",
        quote=text[sentence.start : end],
        start=note.note.written,
        author=note.note.author,
        span=Span(start=sentence.start, end=end),
        why="The beginning of a document that the policy asks for",
    )
