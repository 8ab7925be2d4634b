"""Diagnoses of texts, facts and entities with the codes that may fit them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol

from nodes.chart import Fact, Note, Span
from nodes.coding.candidate import CodeCandidate, CodedWords, CodeReason
from nodes.coding.edits import dated
from nodes.coding.gaps import Line, Told, gaps, lines
from nodes.coding.icd10cm import Icd10cm, shipped
from nodes.coding.leaf import Reached, history, suggestions
from nodes.coding.lookup import Lookup
from nodes.coding.mentions import Mention, mentions
from nodes.coding.plausible import about
from nodes.coding.together import together
from nodes.coding.words import PALE, tokens
from nodes.entity import Entity, Said, Status
from nodes.policy.sentences import ReadNote

_TEXT = "DocumentReference/text"
_KINDS: tuple[Literal["title", "inclusion_term", "own_wording"], ...] = (
    "title",
    "inclusion_term",
    "own_wording",
)
_SLOTS = ("diagnosis", "red_flag")
_UNSURE = (
    "Not confirmed: in outpatient care the signs and symptoms are coded, not a diagnosis that is"
    " suspected or to be ruled out"
)
_UNSURE_INPATIENT = (
    "Not confirmed: at discharge of an inpatient it may be coded as if it were; a coder decides"
)
_WHY: dict[Status, str] = {
    "negated": "The text denies it",
    "uncertain": _UNSURE,
    "hypothetical": _UNSURE,
    "historical": "The text says it of the past: a code of personal history may fit",
    "family": "The text says it of a relative",
    "declined": "The text says it was declined",
}
_REFUTED = ("refuted", "entered-in-error")
_DOUBTED = ("unconfirmed", "provisional", "differential")
_PAST = ("resolved", "inactive", "remission")


class Asked(Protocol):
    """What of a request matters here."""

    @property
    def date_of_service(self) -> date | None:
        """The day the codes must hold on."""

    @property
    def setting(self) -> str:
        """Outpatient or inpatient."""

    @property
    def best(self) -> int:
        """How many codes for each diagnosis."""


class Source(NamedTuple):
    """A text, a fact or an entity under the name it has for the caller; none for a bare text."""

    name: str | None
    of: Note | Fact | Entity


def sources(
    text: str | None,
    notes: Sequence[Note],
    facts: Sequence[Fact],
    entities: Sequence[Entity],
    on: date | None = None,
) -> list[Source]:
    """All that is to be read, in one list."""
    bare = [Note(id=_TEXT, title="text", written=on or date.min, text=text)] if text else []
    return [
        *(Source(None, one) for one in bare),
        *(Source(one.id, one) for one in notes),
        *(Source(one.id, one) for one in facts if one.kind == "condition"),
        *(Source(one.source, one) for one in entities if one.slot in _SLOTS),
    ]


class Read(NamedTuple):
    """The diagnoses of all sources, and what was left unread."""

    found: tuple[CodedWords, ...]
    warnings: tuple[str, ...]


def found(given: Sequence[Source], asked: Asked) -> Read:
    """The diagnoses of all sources; the same words with the same meaning once a source."""
    lookup = Lookup(asked.best)
    told = tuple(one for source in given for one in _read(source, asked, lookup))
    left = (
        f"Too much was given to look up: {lookup.unread} places that may name a diagnosis, all"
        " repeated or after the others, were not read; give the notes that matter",
    )
    return Read(told, left if lookup.unread else ())


def firsts(told: Sequence[CodedWords]) -> tuple[str, ...]:
    """The first code of each diagnosis."""
    return tuple(dict.fromkeys(one.candidates[0].code for one in told if one.candidates))


def suspicions(
    given: Sequence[Source], suspicious: Callable[[str], tuple[str, ...]]
) -> Iterator[str]:
    """A warning for each source with words that speak to software."""
    for source in given:
        kinds = suspicious(_words(source.of))
        if kinds:
            name = source.name or "text"
            yield f"possible_instruction_in_source: {name} ({', '.join(kinds)})"


def _words(of: Note | Fact | Entity) -> str:
    if isinstance(of, Note):
        return of.text
    return of.quote if isinstance(of, Fact) else of.said.quote


def _read(source: Source, asked: Asked, lookup: Lookup) -> Iterator[CodedWords]:
    if isinstance(source.of, Note):
        yield from _of_note(source.name, source.of, asked, lookup)
    elif isinstance(source.of, Fact):
        yield from _of_fact(source.name, source.of, asked)
    else:
        yield from _of_entity(source.name, source.of, asked)


def _of_note(name: str | None, note: Note, asked: Asked, lookup: Lookup) -> Iterator[CodedWords]:
    read = ReadNote(note)
    said = lines(read.sentences)
    told = together(list(mentions(note, read, lookup)))
    denied = [one for one in told if one.status == "negated"]
    codes = {one.codes[0].entry.code[:4] for one in told if one.status != "affirmed"}
    words = {one.word for mention in denied for one in tokens(mention.words)}
    seen: set[tuple[str, Status]] = set()
    for mention in told:
        by = mention.codes[0].entry.code if mention.status == "affirmed" else mention.words.lower()
        if (by, mention.status) not in seen:
            seen.add((by, mention.status))
            yield _coded(name, _spared(mention, codes, words), said, asked)


def _spared(mention: Mention, codes: set[str], words: set[str]) -> Mention:
    """Without what the text says elsewhere is not so; the first code stands by its own words."""
    denied = about(words) - {one.word for one in tokens(mention.words)}
    kept = [
        one
        for one in mention.codes[1:]
        if one.entry.code[:4] not in codes
        and denied.isdisjoint(two.key for two in tokens(one.entry.title))
    ]
    return mention._replace(codes=[*mention.codes[:1], *kept])


def _coded(name: str | None, mention: Mention, near: Sequence[Line], asked: Asked) -> CodedWords:
    words = Said(quote=mention.words[:2000], span=Span(start=mention.start, end=mention.end))
    codes = mention.codes if mention.status == "affirmed" else []
    if mention.status == "historical":
        codes = history(mention.before, words.quote)
    return _answer(words, name, mention.status, codes, near, asked)


def _of_fact(name: str | None, fact: Fact, asked: Asked) -> Iterator[CodedWords]:
    status = _fact_status(fact)
    span = fact.span or Span(start=0, end=len(fact.quote))
    own = next((one.display for one in fact.codes if one.display), None)
    words = fact.quote if fact.span or not own else own
    codes = suggestions(words[:300], asked.best) if status == "affirmed" else []
    yield _answer(Said(quote=fact.quote, span=span), name, status, codes, (), asked)


def _fact_status(fact: Fact) -> Status:
    said = (fact.status or "").lower()
    if any(one in said for one in _REFUTED):
        return "negated"
    if any(one in said for one in _DOUBTED):
        return "uncertain"
    return "historical" if any(one in said for one in _PAST) else "affirmed"


def _of_entity(name: str | None, entity: Entity, asked: Asked) -> Iterator[CodedWords]:
    more = [entity.side or "", entity.level or ""]
    words = " ".join([entity.words.quote, *(one for one in more if one)])
    codes = suggestions(words, asked.best) if entity.status == "affirmed" else []
    yield _answer(entity.words, name, entity.status, codes, (), asked)


def _answer(
    words: Said,
    name: str | None,
    status: Status,
    codes: Sequence[Reached],
    near: Sequence[Line],
    asked: Asked,
) -> CodedWords:
    table = shipped()
    on = asked.date_of_service
    valid = None if on is None else not dated(on, table.edition)
    note = None if status == "affirmed" else _WHY[status]
    if note == _UNSURE and asked.setting == "inpatient":
        note = _UNSURE_INPATIENT
    return CodedWords(
        words=words,
        source=name,
        status=status,
        candidates=tuple(_candidate(one, near, valid, table) for one in codes),
        note=note,
    )


def _candidate(
    reached: Reached, near: Sequence[Line], valid: bool | None, table: Icd10cm
) -> CodeCandidate:
    entry, match = reached
    open_ = gaps(entry, Told(near, frozenset(match.words) - PALE), table)
    above = match.entry
    narrowed = None
    if above.code != entry.code:
        narrowed = (
            f"{above.dotted} fits best and is not billable: nothing more is said of its kinds"
        )
    return CodeCandidate(
        code=entry.dotted,
        title=entry.title[:500],
        billable=entry.billable,
        in_edition=valid,
        complete=not open_,
        gaps=open_,
        reason=CodeReason(
            words=match.words,
            by=match.by[:500],
            kind=_KINDS[match.kind],
            similarity=round(max(0.0, min(1.0, match.score)), 3),
            narrowed=narrowed,
        ),
    )
