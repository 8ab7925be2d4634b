"""What is wrong with ICD-10-CM codes that were given, by the table's own rules (COD-2)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from nodes.case import ServiceLine, Sex
from nodes.coding.candidate import CodeChoice, CodeEdit
from nodes.coding.icd10cm import CodeEdition, Entry, Icd10cm, dotted
from nodes.coding.pairs import excluded, ordered, plain, repeated
from nodes.coding.words import Side

_MOST = 8
_MODIFIERS: dict[str, Side] = {"LT": "left", "RT": "right", "50": "bilateral"}
# Blocks whose own titles name the sex. Age ranges of payers' editors are in no source held here.
_SEXED: tuple[tuple[str, str, Sex, str], ...] = (
    ("C51", "C58", "female", "C51-C58, female genital organs"),
    ("C60", "C63", "male", "C60-C63, male genital organs"),
    ("N40", "N53", "male", "N40-N53, diseases of male genital organs"),
    ("N70", "N77", "female", "N70-N77, female pelvic organs"),
    ("N80", "N98", "female", "N80-N98, female genital tract"),
    ("O00", "O9A", "female", "chapter 15, pregnancy, childbirth and the puerperium"),
)
_AGES = (
    ("Z685", 2, 19),
    ("Z681", 20, 200),
    ("Z682", 20, 200),
    ("Z683", 20, 200),
    ("Z684", 20, 200),
)


class Encounter(NamedTuple):
    """What is known of the patient and the service the codes are for."""

    on: date | None = None
    sex: Sex = "unknown"
    birth_date: date | None = None
    lines: tuple[ServiceLine, ...] = ()


def check(given: Sequence[str], about: Encounter, table: Icd10cm) -> Iterator[CodeEdit]:
    """Every finding on the codes, one by one and in pairs."""
    for number, code in enumerate(given, 1):
        entry = table.find(plain(code))
        if entry is None:
            yield _unknown(code, table)
            continue
        yield from _whole(code, entry, table)
        yield from _side(code, number, entry, about, table)
        yield from _person(code, entry, about)
    if given:
        yield from (
            CodeEdit(edit="outside_edition", severity="warning", codes=tuple(given), detail=words)
            for words in dated(about.on, table.edition)
        )
    yield from repeated(given)
    yield from excluded(given, table)
    yield from ordered(given, table)


def conflicts(first: Sequence[str], given: Sequence[str], table: Icd10cm) -> Iterator[CodeEdit]:
    """Excludes1 among first proposals, and between them and codes given."""
    known = {plain(one) for one in given}
    for edit in excluded([*given, *first], table):
        if edit.edit == "excludes1" and not all(plain(one) in known for one in edit.codes):
            yield edit


def dated(on: date | None, edition: CodeEdition) -> tuple[str, ...]:
    """A warning when a date of service is outside the edition's time."""
    if on is None or edition.valid_from <= on <= edition.valid_until:
        return ()
    return (
        f"The date of service is outside the time of the codes held ({edition.edition}:"
        f" {edition.valid_from} to {edition.valid_until}): look the codes up in the edition in"
        " force",
    )


def _unknown(code: str, table: Icd10cm) -> CodeEdit:
    word = plain(code)
    stem = table.find(word[:6].rstrip("X")) if len(word) == 7 else None
    if stem is not None and stem.sevenths:
        return _seventh(code, stem)
    return CodeEdit(
        edit="invalid",
        severity="error",
        codes=(code,),
        detail=f"This code is not in the edition held ({table.edition.edition})",
        choices=_choices(next((table.children(word[:n]) for n in (5, 4, 3) if table.find(word[:n])),
                              iter(()))),
    )  # fmt: skip


def _seventh(code: str, entry: Entry) -> CodeEdit:
    allowed = ", ".join(f"{char}: {words}" for char, words in entry.sevenths.items())
    return CodeEdit(
        edit="seventh_character",
        severity="error",
        codes=(code,),
        detail=f"A 7th character must follow, the places between filled with X. {allowed}"[:490],
    )


def _whole(code: str, entry: Entry, table: Icd10cm) -> Iterator[CodeEdit]:
    if entry.sevenths:
        yield _seventh(code, entry)
    elif not entry.leaf:
        yield CodeEdit(
            edit="not_billable",
            severity="error",
            codes=(code,),
            detail="Codes under this one say more; only those are billable",
            choices=_choices(table.children(entry.code)),
        )
    elif _open(entry):
        above = table.above(entry.code)
        around = [one for one in (table.children(above[0]) if above else ()) if not _open(one)]
        if around:
            yield CodeEdit(
                edit="more_specific",
                severity="note",
                codes=(code,),
                detail="This code leaves open what others beside it say",
                choices=_choices(iter(around)),
            )


def _open(entry: Entry) -> bool:
    return "unspecified" in entry.title.lower()


def _choices(found: Iterator[Entry]) -> tuple[CodeChoice, ...]:
    return tuple(CodeChoice(code=dotted(one.code), title=one.title) for one in islice(found, _MOST))


def _side(
    code: str, number: int, entry: Entry, about: Encounter, table: Icd10cm
) -> Iterator[CodeEdit]:
    for line in about.lines:
        asked = _asked(line)
        if asked is None or number not in line.diagnoses:
            continue
        above = table.above(entry.code)
        siblings = list(table.children(above[0])) if above and not entry.sevenths else []
        if entry.side not in (None, "bilateral", asked) and asked != "bilateral":
            yield CodeEdit(
                edit="laterality",
                severity="error",
                codes=(code,),
                detail=f"The code says {entry.side}, service line {line.code} {asked}",
            )
        elif entry.side is None and entry.side_open:
            yield CodeEdit(
                edit="laterality_open",
                severity="warning",
                codes=(code,),
                detail=f"The side is open in the code, service line {line.code} says {asked}",
                choices=_choices(one for one in siblings if one.side == asked),
            )


def _asked(line: ServiceLine) -> Side | None:
    said = {_MODIFIERS[one] for one in line.modifiers if one in _MODIFIERS}
    if line.laterality is not None:
        said.add(line.laterality)
    return next(iter(said)) if len(said) == 1 else None


def _person(code: str, entry: Entry, about: Encounter) -> Iterator[CodeEdit]:
    sexed = _sexed(entry)
    if sexed is not None and about.sex not in ("unknown", sexed[0]):
        yield CodeEdit(
            edit="sex",
            severity="warning",
            codes=(code,),
            detail=f"The code is for a {sexed[0]} patient; the patient is registered otherwise",
            source=sexed[1],
        )
    if about.birth_date is None or about.on is None or about.on < about.birth_date:
        return
    born, on = about.birth_date, about.on
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for start, low, high in _AGES:
        if entry.code.startswith(start) and not low <= years <= high:
            yield CodeEdit(
                edit="age",
                severity="warning",
                codes=(code,),
                detail=f"The code is for ages {low} to {high}" if high < 200 else
                f"The code is for ages from {low}",
                source="note at Z68: adult codes from 20 years, pediatric 2 to 19",
            )  # fmt: skip


def _sexed(entry: Entry) -> tuple[Sex, str] | None:
    words = entry.title.lower().replace(",", " ").split()
    if ("female" in words) != ("male" in words):
        return ("female" if "female" in words else "male"), f"its title: {entry.title}"
    for first, last, sex, source in _SEXED:
        if first <= entry.code[:3] <= last:
            return sex, source
    return None
