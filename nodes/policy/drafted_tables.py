"""What a drafted question needs beside itself: value sets, words, numbers, and its doubts."""

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nodes.policy.phrases import Phrase
from nodes.policy.proposal import ProposedPart
from nodes.policy.source_text import SourceText
from nodes.writing.text import clean, fold

Json = dict[str, Any]
FORMS = {
    "ICD-10-CM": r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?",
    "CPT": r"\d{4}[0-9FTU]",
    "HCPCS": r"[A-V]\d{4}",
    "LOINC": r"\d{1,5}-\d",
    "RXNORM": r"\d{1,8}",
    "NDC": r"[\d-]{10,13}",
    "SNOMED": r"\d{6,18}",
}
SPELLED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
MONTHS = 1200
_PHRASE: TypeAdapter[str] = TypeAdapter(Phrase)


class Unusable(Exception):
    """A proposed question that cannot be asked; the message says why."""


@dataclass
class Tables:
    """What the questions of a draft name, as it is collected, and what a person must look at."""

    source: SourceText
    value_sets: dict[str, list[Json]] = field(default_factory=dict)
    concepts: dict[str, Json] = field(default_factory=dict)
    therapies: dict[str, Json] = field(default_factory=dict)
    parameters: dict[str, Json] = field(default_factory=dict)
    doubts: dict[str, list[str]] = field(default_factory=dict)

    def forget(self, name: str) -> None:
        """Drop what a question that cannot be asked has left."""
        tables: tuple[dict[str, Any], ...] = (
            self.value_sets,
            self.concepts,
            self.therapies,
            self.parameters,
            self.doubts,
        )
        for table in tables:
            for key in names_of(name):
                table.pop(key, None)


@dataclass(frozen=True)
class Making:
    """One question on its way."""

    part: ProposedPart
    id: str
    cite: Json
    tables: Tables

    def doubt(self, told: str) -> None:
        """Note what does not stand in the text."""
        self.tables.doubts.setdefault(self.id, []).append(told)

    def codes(self, needed: bool = True) -> Json:
        """A value set of the codes whose form is right; one not in the text is a doubt."""
        members: dict[tuple[str, bool], list[str]] = {}
        for one in self.part.codes:
            code = one.code.strip().upper()
            if not re.fullmatch(FORMS[one.system], code):
                continue
            members.setdefault((one.system, one.beneath), []).append(code)
            if not self.tables.source.has(code):
                self.doubt(f"code {one.system} {code} is not in the text")
        if not members:
            if needed:
                raise Unusable("it needs codes, and none of a right form were given")
            return {}
        self.tables.value_sets[self.id] = [
            {"system": system, "codes": list(dict.fromkeys(codes))[:500]}
            | ({"match": "prefix"} if beneath else {})
            for (system, beneath), codes in members.items()
        ]
        return {"value_set": self.id}

    def words(self, key: str = "concept", needed: bool = True, number: bool = False) -> Json:
        """A concept of the phrases that are plain enough."""
        plain = [word for word in map(_phrase, self.part.words) if word]
        if not plain:
            if needed:
                raise Unusable("it needs words as notes say them, and none were plain enough")
            return {}
        name = f"says_{self.id}"
        self.tables.concepts[name] = {"label": plain[0].rstrip("*"), "words": plain[:60]} | (
            {"number": "after"} if number else {}
        )
        return {key: name}

    def window(self, needed: bool = False) -> Json:
        """A window in months."""
        if self.part.months < 1:
            if needed:
                raise Unusable("it needs a time before the order, and none was given")
            return {}
        if self.part.months > MONTHS:
            raise Unusable("its time before the order is longer than a life")
        self.number(self.part.months, "months")
        return {"window": f"P{self.part.months}M"}

    def number(self, number: int | str, what: str) -> None:
        """Doubt a number that its quote does not say."""
        if not _said(str(number), what, self.part.quote):
            self.doubt(f"{number} {what}: the quote does not say this number".replace("  ", " "))

    def parameter(self, number: int, unit: str) -> str:
        """A number of this policy's own."""
        if number < 1:
            raise Unusable(f"it needs a number of {unit}, and none was given")
        self.number(number, unit)
        name = f"{unit}_{self.id}"
        self.tables.parameters[name] = {
            "value": min(number, 10_000),
            "unit": unit,
            "cite": [self.cite],
        }
        return name

    def therapy(self) -> Json:
        """What counts as the therapy, and since when; a year where the text says nothing."""
        window = self.window() or {"window": "P12M"}
        if self.part.months < 1:
            self.doubt("the text gives no time in which therapy counts: 12 months were put in")
        name = f"care_{self.id}"
        concept = self.words()["concept"]
        self.tables.therapies[name] = {"concepts": [concept]} | window
        return {"therapies": name}


def _phrase(word: str) -> str | None:
    plain = re.sub(r"[^A-Za-z0-9 '/.+*%<>=&-]", " ", clean(word))
    plain = " ".join(plain.split())[:80].strip()
    try:
        return _PHRASE.validate_python(plain)
    except ValidationError:
        return None


def _said(number: str, what: str, quote: str) -> bool:
    """Whether a quote says a number, in digits or spelled; a year may stand for twelve months."""
    text = fold(quote)
    said = {number, _spelled(int(number)) if number.isdigit() else number}
    if what == "months" and number.isdigit() and int(number) % 12 == 0:
        years = int(number) // 12
        said |= {f"{years} year", f"{_spelled(years)} year"}
        said |= {"year", "annual"} if years == 1 else set()
    return any(re.search(rf"(?<![\d.]){re.escape(one)}(?!\d|\.\d)", text) for one in said)


def _spelled(number: int) -> str:
    return SPELLED[number] if number < len(SPELLED) else str(number)


def names_of(name: str) -> list[str]:
    """The names that a question's tables have."""
    return [name, *(f"{kind}_{name}" for kind in ("says", "care", "weeks", "days"))]
