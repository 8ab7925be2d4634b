"""A text read into entities: every place with how it is meant and what belongs to it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from nodes.chart import Note, Span
from nodes.entity import Entity, Particulars, Said, Status
from nodes.extraction.confidence import confidence
from nodes.extraction.finding import find
from nodes.extraction.joining import beside, joined
from nodes.extraction.particulars import told as details_of
from nodes.extraction.responses import Came, came, goes_on, of_each
from nodes.extraction.sections import Sections
from nodes.extraction.spots import Spot
from nodes.extraction.standing import TREATMENTS, Place, denies, standing
from nodes.extraction.status import status
from nodes.extraction.vocabulary import Dictionary
from nodes.policy.sentences import ReadNote, Sentence
from nodes.suspicion.found import Place as Suspicious

_PLAIN = frozenset({"identifier", "payer_reference", "ordering_clinician", "laterality", "level"})
_LONGEST = 400


def read(
    note: Note, terms: Dictionary, source: str | None, suspicious: Sequence[Suspicious]
) -> Iterator[Entity]:
    """Give the entities of a note in the order of their words; none where words are suspicious."""
    reader = Reading(ReadNote(note, suspicious), note, source)
    spots = joined(note.text, find(note.text, terms))
    placed = ((reader.note.place(spot.start), spot) for spot in spots)
    known = [(place, spot) for place, spot in placed if place is not None]
    reader.treating = {place for place, spot in known if spot.slot in TREATMENTS}
    for place, group in groupby(known, key=lambda one: one[0]):
        yield from reader.sentence(place, [spot for _, spot in group])


class Reading:
    """One note while it is read; the sentence before may tell whom the next one is about."""

    def __init__(self, told: ReadNote, note: Note, source: str | None) -> None:
        """Cut the note into sentences and sections."""
        self.note = told
        self._text, self._written, self._source = note.text, note.written, source
        self._sections = Sections(note.text)
        self.treating: set[int] = set()
        self._quotes: dict[tuple[int, int], Said] = {}

    def sentence(self, place: int, spots: Sequence[Spot]) -> Iterator[Entity]:
        """Give the entities of one sentence, and what came of its treatments."""
        line = self.note.sentences[place]
        treated = [spot for spot in spots if spot.slot in TREATMENTS]
        outcomes = came(line) if treated else []
        each = iter(self._came(place, line, treated, outcomes))
        told: list[tuple[Status, tuple[Sentence, Came]]] = []
        for number, spot in enumerate(spots):
            details, meant = None, self._status(line, spot)
            if spot.slot in TREATMENTS:
                one = _of_taken(next(each), meant)
                details = self._details(line, spots, number, one)
                told += [(meant, one)] if one else []
            yield self._entity(line, spot, meant, beside(line, spots, spot), details)
        yield from self._responses(told)

    def _came(
        self, place: int, line: Sentence, treated: Sequence[Spot], outcomes: Sequence[Came]
    ) -> list[tuple[Sentence, Came] | None]:
        if not treated:
            return []
        found = of_each(line, treated, outcomes)
        if outcomes or any(found):
            return [(line, one) if one else None for one in found]
        for number, after in enumerate(self.note.sentences[place + 1 : place + 3], place + 1):
            if after.heading != line.heading or number in self.treating:
                break
            first = next(iter(came(after)), None) if goes_on(after) else None
            if first:
                return [(after, first)] * len(treated)
        return [None] * len(treated)

    def _status(self, line: Sentence, spot: Spot) -> Status:
        if spot.slot in _PLAIN:
            return "affirmed"
        start, end = spot.start - line.start, min(spot.end, line.end) - line.start
        name, _ = self._sections.at(spot.start)
        if spot.how == "code" and self._text.startswith("(", spot.start - 1):
            return "affirmed"
        if spot.slot == "duration":
            return "hypothetical" if name == "plan" else "affirmed"
        if spot.slot == "necessity" and not denies(line.text, start, end):
            return "affirmed"
        said = status(line, start, end, self._written)
        reply = self._text[line.start + end : line.start + end + 120]
        return standing(Place(line, start, end, spot.slot, name, reply), said)

    def _details(
        self, line: Sentence, spots: Sequence[Spot], number: int, one: tuple[Sentence, Came] | None
    ) -> Particulars | None:
        spot, base = spots[number], line.start
        low = max((s.end for s in spots[:number] if s.slot in TREATMENTS), default=base)
        high = min((s.start for s in spots[number + 1 :] if s.slot in TREATMENTS), default=line.end)
        before = line.text[max(low - base, 0) : spot.start - base]
        after = line.text[spot.end - base : high - base]
        found = details_of(before, after, line.text, spot.slot, self._written)
        if one:
            found |= {"response": one[1].response, "response_words": self._said(*one)}
        elif self._sections.at(spot.start)[0] == "allergies" and spot.slot == "drug":
            found |= {"response": "contraindicated"}
        return Particulars(**found) if found else None

    def _said(self, line: Sentence, one: Came) -> Said:
        return self._quote(line.start + one.start, line.start + one.end)

    def _quote(self, start: int, end: int) -> Said:
        said = self._quotes.get((start, end))
        if said is None:
            said = Said(quote=self._text[start:end], span=Span(start=start, end=end))
            self._quotes[start, end] = said
        return said

    def _entity(
        self,
        line: Sentence,
        spot: Spot,
        meant: Status,
        near: tuple[str | None, str | None],
        details: Particulars | None,
    ) -> Entity:
        name, heading = self._sections.at(spot.start)
        return Entity(
            slot="diagnosis" if name == "assessment" and _complaint(spot) else spot.slot,
            value=spot.value[:_LONGEST],
            kind=spot.kind,
            code=spot.code,
            status=meant,
            words=self._quote(spot.start, spot.end),
            said=self._quote(min(line.start, spot.start), max(line.end, spot.end)),
            source=self._source,
            section=heading[:_LONGEST] or None,
            side=near[0],  # type: ignore[arg-type]
            level=near[1],
            particulars=details,
            confidence=confidence(spot),
        )

    def _responses(self, told: Sequence[tuple[Status, tuple[Sentence, Came]]]) -> Iterator[Entity]:
        seen: set[tuple[int, int]] = set()
        for meant, (line, one) in told:
            start, end = line.start + one.start, line.start + one.end
            if (start, end) not in seen:
                seen.add((start, end))
                how = Spot(start, end, "response", one.response, "shape")
                kept: Status = "hypothetical" if meant == "hypothetical" else "affirmed"
                yield self._entity(line, how, kept, (None, None), None)


def _of_taken(one: tuple[Sentence, Came] | None, meant: Status) -> tuple[Sentence, Came] | None:
    """What came of a treatment, where it was taken: one only thought of has at most a reason."""
    if one is None or meant not in ("hypothetical", "negated"):
        return one
    return one if one[1].response in ("contraindicated", "not_tolerated") else None


def written_on(text: str, as_of: date | None) -> date:
    """The day a text without one counts as written on: none makes no year of it past."""
    return as_of or date.min


def _complaint(spot: Spot) -> bool:
    """A pain that an assessment lists is what is diagnosed."""
    return spot.slot == "finding" and spot.value.endswith(" pain") and spot.kind is None
