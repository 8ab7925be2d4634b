"""Whose a document says it is: the banners it prints, against the patient of the chart.

A wrong scan in the right chart, or two patients' pages in one file, is found by the document's own
banners. Another birth date, another name (family and given both contradict), or a twin's (another
given name with the same family name) is another patient's document, unless the banner has the
patient's record number. A maiden name, a nickname, a swapped order or a header that names only the
clinician is not; another record number alone is a doubt, as systems have several.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from nodes.chart import HardStop, Note
from nodes.fhir import names, people, tree
from nodes.fhir.banners import Banner, banners
from nodes.fhir.gate import RECORD_NUMBER, bare, stop
from nodes.fhir.tree import Resource

WORDS = "the document's own header names another patient"
NUMBERS = "the record number in its header is none the EHR has for the patient"
SHORT = 2
UNNAMED = frozenset({"baby", "babyboy", "babygirl", "boy", "girl", "newborn", "infant", "bb", "bg"})


@dataclass(frozen=True)
class Known:
    """The patient's names, birth date and record numbers, as the EHR has them."""

    families: tuple[str, ...]
    given: tuple[str, ...]
    born: date | None
    numbers: frozenset[str] = frozenset()
    recorded: bool = False

    @classmethod
    def of(cls, patient: Resource) -> "Known":
        """Take them from a Patient."""
        said = tree.items(patient, "name")
        identifiers = tree.items(patient, "identifier")
        return cls(
            tuple(one for name in said for one in tree.strings(name, "family")),
            tuple(one for name in said for one in tree.strings(name, "given")),
            tree.day(patient, "birthDate"),
            frozenset(bare(tree.string(one, "value") or "") for one in identifiers) - {""},
            any(people.types(one) & RECORD_NUMBER for one in identifiers),
        )


def strangers(notes: tuple[Note, ...], patient: Resource) -> Iterator[Note]:
    """Find the notes with a banner of another patient."""
    known = Known.of(patient)
    return (note for note in notes if another(note.text, known))


def stops(strange: Collection[str]) -> Iterator[HardStop]:
    """Say of each document left out that it is in the wrong chart."""
    for name in sorted(strange):
        yield stop("wrong_patient", f"{name}: {WORDS}; move it to the right chart", "/chart/notes")


def doubts(notes: tuple[Note, ...], patient: Resource) -> Iterator[str]:
    """Say of which documents the header has a record number that is none of the patient's."""
    known = Known.of(patient)
    if not known.recorded:
        return
    for note in notes:
        said = {bare(one) for banner in banners(note.text) for one in banner.numbers}
        if said and said.isdisjoint(known.numbers):
            yield f"{note.id}: {NUMBERS}"


def another(text: str, known: Known) -> bool:
    """Whether any of a text's banners is clearly another patient's."""
    return any(_strange(banner, known) for banner in banners(text))


def _strange(banner: Banner, known: Known) -> bool:
    if any(bare(number) in known.numbers for number in banner.numbers):
        return False
    if banner.born and known.born is not None and known.born not in banner.born:
        return True
    same_birth = bool(banner.born) and known.born is not None
    if not banner.name or (same_birth and not banner.sure and not _family(banner.name, known)):
        return False
    return _differs(banner.name, known, same_birth=same_birth)


def _differs(name: tuple[str, ...], known: Known, *, same_birth: bool) -> bool:
    """Whether family and given name both contradict, or the given one beside the same family name.

    Words are compared in any order: ``Osei, Jane`` and ``Jane Osei``.
    """
    if not _family(name, known):
        words = [word for word in map(names.plain, name) if len(word) > 1 or len(name) <= SHORT]
        return not any(
            names.alike(word, part)
            for word in words
            for one in known.given
            for part in names.parts(one)
        )
    rest = _given(name, known)
    return bool(rest) and not names.one_given(rest, known.given)


def _family(name: tuple[str, ...], known: Known) -> bool:
    whole = (" ".join(name[1:]), " ".join(name[:-1]))
    return any(names.one_family(word, known.families) for word in [*name, *whole])


def _given(name: tuple[str, ...], known: Known) -> list[str]:
    """Give the words of a name beside the family name; a newborn's stand-in is no name."""
    rest = [word for word in name if not names.one_family(word, known.families)]
    rest = [word for word in rest if names.plain(word) not in names.PARTICLES]
    return [] if {names.plain(word) for word in rest} & UNNAMED else rest
