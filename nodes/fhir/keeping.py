"""Considering one resource after the other: what is kept of it, why, and what is said otherwise."""

from pydantic import ValidationError

from nodes.chart import Fact, Note
from nodes.ehr.writing.standing import ours
from nodes.fhir import facts, notes, shelf, tree
from nodes.fhir.content import Reads
from nodes.fhir.desk import NotRead
from nodes.fhir.found import Found
from nodes.fhir.need import Need
from nodes.fhir.reading import Reading
from nodes.fhir.tree import Missing, Resource, Unreadable

TOLD = {"document", "report"}
MANY = 50
UNREAD = "its text was not read, a person must look at it"


class Keeping:
    """The facts and notes that are kept so far.

    ``needed`` names resources that are kept whatever the rules say, and why. What a resource
    points at is read with ``reads``; whatever that raises leaves all as it was before.
    """

    def __init__(self, need: Need, needed: dict[str, str], reads: Reads) -> None:
        """Keep nothing yet."""
        self.facts: dict[str, Fact] = {}
        self.notes: dict[str, Note] = {}
        self._need, self._needed, self._reads = need, needed, reads
        self._unplaced: dict[str, tuple[Fact, Note]] = {}
        self._founds: dict[str, Found] = {}
        self._thinned = 0
        self._since = {kind: need.asked_since(kind) for kind in TOLD}

    def consider(self, found: Found, name: str, resource: Resource) -> None:
        """Keep what is needed of one resource; what cannot be used is reported as skipped."""
        if name not in self._needed and not self._need.worth(resource):
            return
        if ours(resource):
            found.skip(name, "withheld", "filed by this system: no evidence for what it says")
            return
        try:
            readings = facts.readings(self._complete(resource))
            if not readings:
                found.skip(name, "withdrawn", "the EHR itself has withdrawn it")
            for reading in readings:
                self._weigh(found, resource, reading)
        except Unreadable as problem:
            found.skip(name, "unreadable", str(problem))
        except ValidationError:
            found.skip(name, "unreadable", "it does not fit what a chart can hold")

    def thin(self, more_than: int = 0) -> None:
        """Drop endless repeats, if so many facts came since the last time; a text is no repeat."""
        if len(self.facts) - self._thinned > more_than:
            for id_ in self._need.repeats(self.facts.values(), {*self._needed, *self.notes}):
                del self.facts[id_]
            self._fit()
            self._thinned = len(self.facts)

    def settle(self) -> None:
        """Add the notes no rule knows, while all recent ones together are few; drop repeats."""
        recent = [note for note in self.notes.values() if note.written >= self._need.since]
        self._few(shelf.FEW - sum(len(note.text) for note in recent))
        for name, (fact, note) in self._unplaced.items():
            self.facts[name], self.notes[name] = fact, note
        self._unplaced.clear()
        self.thin(-1)

    def _few(self, most: int) -> None:
        waiting = [note for _, note in self._unplaced.values()]
        for name in shelf.beyond(waiting, max(most, 0)):
            del self._unplaced[name]
            self._founds[name].skip(name, "not_about_service", shelf.TOO_MANY)

    def _fit(self) -> None:
        """Drop a text that is there twice, and what is more than a chart holds: both are told."""
        for name in list(shelf.copies(self.notes.values())):
            self._drop(name, "same_text", shelf.SAME)
        for name in shelf.beyond(self.notes.values(), shelf.MOST, self._needed):
            self._founds[name].lose(f"{name} and others: {shelf.TOO_MUCH}")
            self._drop(name, "too_much", shelf.TOO_MUCH)

    def _drop(self, name: str, reason: str, detail: str) -> None:
        del self.notes[name]
        self.facts.pop(name, None)
        self._founds[name].skip(name, reason, detail)

    def _weigh(self, found: Found, resource: Resource, reading: Reading) -> None:
        """Keep a reading if there is a reason, and its words as a note if it has some."""
        told = reading.kind in TOLD and bool(notes.attachments(resource))
        if told and self._withheld(found, resource, reading):
            return
        note = self._note(found, resource, reading) if told and self._counts(reading) else None
        why = self._needed.get(reading.name) or self._need.why(reading, note.text if note else "")
        if why is None and note and reading.kind == "document":
            why = self._unruled(found, resource, reading, note)
        if why is None or (not told and self._withheld(found, resource, reading)):
            return
        if not told and reading.path is None:
            note = self._note(found, resource, reading)
        self.facts[reading.name] = reading.fact(why)
        if note:
            self.notes[note.id] = note
            self._founds[note.id] = found

    def _unruled(
        self, found: Found, resource: Resource, reading: Reading, note: Note
    ) -> str | None:
        """Say why a note no rule knows is kept; one that may be is put aside till all are read."""
        need, base_url = self._need, self._reads.base_url
        if note.written < need.since:
            return None
        if shelf.linked(resource, base_url, self._needed):
            return shelf.OF_VISIT
        if need.elsewhere(note.text):
            found.skip(note.id, "not_about_service", shelf.NOT_ABOUT)
            return None
        if shelf.by_one_of(resource, base_url, need.clinicians):
            return shelf.OF_CLINICIAN
        if need.treats(shelf.cover(resource, reading.quote)):
            return shelf.OF_SPECIALTY
        self._founds[note.id] = found
        self._unplaced[note.id] = reading.fact(shelf.UNPLACED), note
        if len(self._unplaced) > MANY:
            self._few(shelf.FEW)
        return None

    def _withheld(self, found: Found, resource: Resource, reading: Reading) -> bool:
        withheld = self._need.table.withheld(resource, reading)
        if withheld:
            found.skip(reading.name, "withheld", self._need.table.never.why)
        return withheld

    def _counts(self, reading: Reading) -> bool:
        """Whether a text's date lies in the look-back, so that its words are worth reading."""
        since, last = self._since.get(reading.kind), reading.end or reading.start
        if reading.start and reading.start > self._need.as_of:
            return False
        return since is None or last is None or reading.lasting or last >= since

    def _note(self, found: Found, resource: Resource, reading: Reading) -> Note | None:
        """Read a text; one that cannot be read is reported, and lost if it was not had."""
        try:
            return notes.of(resource, reading, self._reads, found.warnings)
        except NotRead as missing:
            missing.day = reading.start
            raise
        except Unreadable as problem:
            found.skip(reading.name, "text_unreadable", str(problem))
            if isinstance(problem, Missing):
                found.lose(f"the text of {reading.name}: {problem}")
            else:
                found.warnings.append(f"{reading.name}: {UNREAD}: {problem}")
            return None

    def _complete(self, resource: Resource) -> Resource:
        """Put in a medication that stands elsewhere: contained, or a resource of its own."""
        if "medicationReference" not in resource:
            return resource
        wanted = tree.string(resource, "medicationReference", "reference") or ""
        inside = [i for i in tree.items(resource, "contained") if f"#{i.get('id')}" == wanted]
        name = tree.reference(resource, self._reads.base_url, "medicationReference") or ""
        there = None if inside or not name.startswith("Medication/") else self._reads.read(name)
        said = tree.string(resource, "medicationReference", "display")
        coded = tree.field(inside[0] if inside else there, "code")
        return {
            **resource,
            "medicationCodeableConcept": coded or ({"text": said} if said else None),
        }
