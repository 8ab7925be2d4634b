"""Which notes stay: those no rule knows but that are tied to the order or few, each text once."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import accumulate

from nodes.chart import Note
from nodes.fhir import codes, tree
from nodes.fhir.tree import Resource

FEW = 30_000
MOST = 1_000_000
UNPLACED = "one of few recent notes, and not plainly about something else"
NOT_ABOUT = "it was read and nothing in it is about the service"
TOO_MANY = "nothing in it shows that it is about the service, and there are many other notes"
SAME = "its text is that of another document of the same day"
TOO_MUCH = "the notes are more than a chart holds: look back fewer months"
OF_VISIT = "note of the visit, or of the reason, that the order names"
OF_CLINICIAN = "note of the clinician who orders"
OF_SPECIALTY = "note of a specialty that treats what the service is for"


def linked(resource: Resource, base_url: str, needed: Collection[str]) -> bool:
    """Whether a document is of a resource that the order names: its visit, its reason."""
    pointers = [
        *tree.items(resource, "context", "encounter"),
        *tree.items(resource, "context", "related"),
        *tree.items(resource, "context"),
    ]
    return any(tree.reference(one, base_url) in needed for one in pointers)


def by_one_of(resource: Resource, base_url: str, clinicians: Collection[str]) -> bool:
    """Whether a document is written or signed by one of some clinicians."""
    people = [*tree.items(resource, "author"), *tree.items(resource, "authenticator")]
    return any(tree.reference(one, base_url) in clinicians for one in people)


def cover(resource: Resource, quote: str) -> str:
    """Give the words of a document's cover that say where it comes from."""
    setting = codes.words(tree.field(resource, "context", "practiceSetting"))
    return f"{quote} {setting or ''}"


def copies(notes: Iterable[Note]) -> Iterator[str]:
    """Name the notes whose text is, but for white space, that of another of the same day.

    Of each such text the first by name stays. Texts of other days are never copies: each may be a
    visit of its own.
    """
    seen: set[tuple[date, str]] = set()
    for note in sorted(notes, key=lambda one: one.id):
        key = (note.written, " ".join(note.text.split()))
        if key in seen:
            yield note.id
        seen.add(key)


def beyond(notes: Iterable[Note], most: int, first: Collection[str] = ()) -> list[str]:
    """Name the notes that do not fit into so many characters.

    What fits is taken newest first, before all those named ``first``. Asked again when there are
    more notes, it leaves out what it would have left out had all come at once.
    """
    ranked = sorted(notes, key=lambda n: (n.id not in first, -n.written.toordinal(), n.id))
    sums = accumulate(len(note.text) for note in ranked)
    return [note.id for note, total in zip(ranked, sums, strict=True) if total > most]
