"""Whose a document says it is: its own header against the patient of the chart.

A wrong scan in the right chart is found by the header a document prints of itself
(``Patient: ...``, ``DOB: ...``). Another name (family and given both contradict), or the name with
another birth date, is another patient's document. A maiden name, a nickname, a swapped order or a
header that names only the clinician is not.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from nodes.chart import HardStop, Note
from nodes.fhir import names, tree
from nodes.fhir.gate import stop
from nodes.fhir.tree import Resource

HEAD = 1500
WORDS = "the document's own header names another patient"
NAME = re.compile(
    r"^[ \t#*|]*(?:patient(?:'s)?(?:[ \t]+name)?|pt(?:\.|[ \t]+name)?|name[ \t]+of[ \t]+patient)"
    r"[ \t*]*:[ \t*]*(?P<name>[^\n:|;(]{3,60})",
    re.IGNORECASE | re.MULTILINE,
)
BIRTH = re.compile(
    r"\b(?:DOB|D\.O\.B\.?|date of birth|birth ?date|born)\b[ \t*:]{1,4}"
    r"(?P<date>\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"\s+(?:DOB|D\.O\.B|MRN|sex|age|gender|date|acct|account|visit|id|is|was|has|presents?|who|a|an"
    r"|reports?|seen|denies|states|complains|returns?|today|here|with|and)\b.*|\s{3,}.*|\d.*",
    re.IGNORECASE | re.DOTALL,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORD = re.compile(r"[A-Z][A-Za-z'\-À-ž]*\.?")


@dataclass(frozen=True)
class Known:
    """The patient's names and birth date, as the EHR has them."""

    families: tuple[str, ...]
    given: tuple[str, ...]
    born: date | None

    @classmethod
    def of(cls, patient: Resource) -> "Known":
        """Take them from a Patient."""
        said = tree.items(patient, "name")
        return cls(
            tuple(one for name in said for one in tree.strings(name, "family")),
            tuple(one for name in said for one in tree.strings(name, "given")),
            tree.day(patient, "birthDate"),
        )


def strangers(notes: tuple[Note, ...], patient: Resource) -> Iterator[Note]:
    """Find the notes whose own header names another patient."""
    known = Known.of(patient)
    return (note for note in notes if another(note.text, known))


def stops(strange: Collection[str]) -> Iterator[HardStop]:
    """Say of each document left out that it is in the wrong chart."""
    for name in sorted(strange):
        yield stop("wrong_patient", f"{name}: {WORDS}; move it to the right chart", "/chart/notes")


def another(text: str, known: Known) -> bool:
    """Whether a text's header is clearly another patient's."""
    head = text[:HEAD]
    found = NAME.search(head)
    name = _name(found["name"]) if found else None
    birth = BIRTH.search(head)
    born = read_date(birth["date"]) if birth else frozenset()
    dates_differ = bool(born) and known.born is not None and known.born not in born
    if name is None:
        return False
    return dates_differ or _differs(name, known, same_birth=bool(born) and not dates_differ)


def _differs(name: list[str], known: Known, *, same_birth: bool) -> bool:
    """Whether family and given name both contradict; the given one alone, without a birth date.

    Words are compared in any order: ``Osei, Jane`` and ``Jane Osei``.
    """
    family = any(names.one_family(word, known.families) for word in [*name, " ".join(name[1:])])
    given = any(
        names.alike(names.plain(word), part)
        for word in name
        for one in known.given
        for part in names.parts(one)
    )
    if same_birth or not family:
        return not family and not given
    return not given and _has_given(name, known)


def _has_given(name: list[str], known: Known) -> bool:
    """Whether the header has a given name at all beside the family name, and the EHR one."""
    rest = [word for word in name if not names.one_family(word, known.families)]
    return bool(known.given) and any(len(names.plain(word)) > 1 for word in rest)


def _name(words: str) -> list[str] | None:
    """Take the words of a name; None where what follows is a sentence."""
    said = [word for word in re.split(r"[\s,]+", ENDS.sub("", words).strip()) if word]
    said = [word for word in said if names.plain(word) not in names.SUFFIXES and names.plain(word)]
    if not 2 <= len(said) <= 5 or not all(WORD.fullmatch(word) for word in said):
        return None
    return said


def read_date(words: str) -> frozenset[date]:
    """Read a date as written: month first, as here; day first counts as possible too."""
    numbers = [int(part) for part in re.findall(r"\d+", words)]
    month = next((n for n, name in enumerate(MONTHS, 1) if words.lower().startswith(name)), None)
    if month is not None and len(numbers) == 2:
        return _days((numbers[1], month, numbers[0]))
    if len(numbers) != 3:
        return frozenset()
    if numbers[0] > 31:
        return _days((numbers[0], numbers[1], numbers[2]))
    years = [numbers[2]] if numbers[2] > 99 else [1900 + numbers[2], 2000 + numbers[2]]
    first, second = numbers[:2]
    return _days(*((y, m, d) for y in years for m, d in ((first, second), (second, first))))


def _days(*told: tuple[int, int, int]) -> frozenset[date]:
    found = set()
    for year, month, day in told:
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return frozenset(found)
