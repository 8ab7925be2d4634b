"""Clinical terms and names that a sentence brings up by itself."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from nodes.writing.stems import WORD, stem
from nodes.writing.text import fold

ENDING = re.compile(
    r"(?:itis|osis|oses|ectomy|ectomies|otomy|ostomy|plasty|plasties|scopy|scopic|graphy|oma|omas"
    r"|pathy|pathies|pathic|algia|algic|emia|uria|plegia|paresis|rrhea|rrhage|rrhagia|penia|cele"
    r"|lysis|desis|phobia|philia|trophy|megaly|sclerosis|listhesis|esthesia|kinesia|centesis"
    r"|pexy|rrhaphy|tripsy|metry|gram|toxicity|genic|itic|phagia|phasia|praxia|opia|opsia|pnea)$"
)
_ORDINARY = (
    "program programs telegram diagram kilogram milligram kilograms milligrams microgram asymmetry"
    " symmetry geometry analysis basis paralysis apathy sympathy empathy telemetry coma soma"
)
ORDINARY = frozenset(_ORDINARY.split())
ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z]{2,6}s?|[A-Z][a-z]?[A-Z]{1,4})(?![\w-])")
_PLAIN = "AM PM US USA OK ID DOB II III IV VI MD DO NP PA RN DPM DC PHD ALL AND OR NOT THE"
PLAIN_CAPITALS = frozenset(_PLAIN.split())
TITLED = re.compile(
    r"\b(?:Dr|Drs|Doctor|Prof|Professor|Mr|Mrs|Ms|Miss|Nurse)\b\.? +"
    r"([A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*)*)"
)
DEGREED = re.compile(
    r"\b([A-Z][\w'\u2019.-]*(?: [A-Z][\w'\u2019.-]*)*),? "
    r"(?:MD|DO|NP|PA-C|PA|RN|DPM|DC|DPT|PhD|M\.D\.|D\.O\.)(?![\w-])"
)
TITLES = ("Dr", "Doctor", "Prof", "Mr", "Ms", "Miss", "Nurse")
DEGREES = ("MD", "DO", "NP", "PA", "RN", "DPM", "DC", "DPT", "PhD", "M.D.", "D.O.")
CAPITAL = re.compile(r"(?<=[\w,;)%] )[A-Z][a-z][\w'\u2019-]+")
_FREE = (
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday english spanish ordered patient"
    " the she he they it we i this that on in at of and or for with to by from no not"
)
FREE = frozenset(map(stem, _FREE.split()))


@cache
def clinical() -> frozenset[str]:
    """Give the stems of the words that name a disease, a body part, a test or a treatment."""
    text = Path(__file__).with_name("clinical_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem(word) for line in lines for word in line.split())


def terms(folded: str) -> frozenset[str]:
    """List the words of a folded text that are clinical terms, as they stand there."""
    return frozenset(word for word in set(WORD.findall(folded)) if _term(word))


@lru_cache(maxsize=8192)
def _term(word: str) -> bool:
    if len(word) <= 2 or word in ORDINARY:
        return False
    return bool(ENDING.search(word)) or stem(word) in clinical()


def names(text: str) -> Iterator[str]:
    """List the names of people and the capitalised words within a text, word by word."""
    for hints, pattern in ((TITLES, TITLED), (DEGREES, DEGREED)):
        for match in pattern.finditer(text) if any(hint in text for hint in hints) else ():
            yield from re.findall(r"[A-Z][\w'\u2019-]+", match[1])
    for match in CAPITAL.finditer(text):
        if stem(fold(match[0]).removesuffix("'s")) not in FREE:
            yield match[0]


def acronyms(text: str) -> list[str]:
    """List the words in capitals, but those that name no thing."""
    found = dict.fromkeys(ACRONYM.findall(text))
    return [word for word in found if word not in PLAIN_CAPITALS]


def unsaid(words: frozenset[str], supported: frozenset[str] | set[str]) -> list[str]:
    """List the words whose stem is not among those supported."""
    return sorted(word for word in words if stem(word) not in supported)
