"""Names no list holds, by their shape: endings of diagnoses, stems of drugs, "... fracture"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from nodes.audit import Model
from nodes.datafile import parse
from nodes.entity import Slot
from nodes.extraction.spots import Spot
from nodes.extraction.vocabulary import Token
from nodes.writing.drugs import BRANDS, NAMES, NOT_DRUGS, STEMS

FILE = "shapes.yaml"


class Shapes(Model):
    """Words by what they tell: heads of names, what may stand before them, and exceptions."""

    about: str
    source: str
    version: str
    mark: str
    diagnosis: str
    finding: str
    procedure: str
    not_diagnosis: str
    not_procedure: str
    parts: str
    dropped: str
    no_modifier: str


_TOLD = parse((files(__package__) / FILE).read_bytes(), Shapes, "the list of shapes", FILE)
_HEADS: dict[str, Slot] = {
    **dict.fromkeys(_TOLD.diagnosis.split(), "diagnosis"),
    **dict.fromkeys(_TOLD.finding.split(), "finding"),
    **dict.fromkeys(_TOLD.procedure.split(), "procedure"),
}
_NOT_DIAGNOSIS = frozenset(_TOLD.not_diagnosis.split())
_NOT_PROCEDURE = frozenset(_TOLD.not_procedure.split())
_PARTS = frozenset(_TOLD.parts.split())
_DROPPED = frozenset(_TOLD.dropped.split())
_NO_MODIFIER = frozenset(_TOLD.no_modifier.split())
_DIAGNOSIS = re.compile(
    r"^[a-z]{3,}(?:itis|itides|osis|oses|oma|omata|opathy|opathie|algia|emia|aemia|plegia|paresi"
    r"|paresis|cele|ectasis|ectasia|sclerosis|stenosis|malacia|trophy|dystrophy|penia|philia"
    r"|uria|rrhea|rrhoea|phagia|plasia|iasis|ptosis|listhesis|lysis|pnea|pnoea|cephaly|ismus"
    r"|ureter|melia|dactyly|edema|megaly|thorax|kinesia|phasia|lexia)$"
)
_PROCEDURE = re.compile(
    r"^[a-z]{3,}(?:ectomy|otomy|ostomy|plasty|oscopy|odesis|pexy|rrhaphy|centesis|graphy|gram"
    r"|desis|tripsy)$"
)
_IMAGING = re.compile(r"^(?:[a-z]{3,}(?:graphy|gram))$")
_MODIFIER = re.compile(
    r"^[a-z]{2,}(?:al|ar|ic|ary|ous|oid|ive|ine|eal|ile)$|^[a-z]+(?:genic|tonic)$"
)
_SIDES = frozenset({"left", "right", "horn", "posterior", "anterior"})
Kind = Literal["diagnosis", "procedure", "imaging", "drug", "head"]


@lru_cache(maxsize=50_000)
def shape(word: str) -> Kind | None:
    """What a word is by its own letters; plural is without its s."""
    if word in _HEADS:
        return "head"
    if len(word) < 6 or not word.isascii():
        return None
    if word not in NOT_DRUGS and (word in NAMES or word in BRANDS or STEMS.match(word)):
        return None if word.endswith(("vir", "terol")) and len(word) < 7 else "drug"
    if word not in _NOT_PROCEDURE and _PROCEDURE.match(word):
        return "imaging" if _IMAGING.match(word) else "procedure"
    if word not in _NOT_DIAGNOSIS and _DIAGNOSIS.match(word):
        return "diagnosis"
    return None


@lru_cache(maxsize=50_000)
def _kind(word: str) -> Kind | None:
    return shape(word) or shape(word + "s")


def shaped(text: str, words: Sequence[Token]) -> Iterator[Spot]:
    """Find what only its shape tells; a diagnosis takes the words of the body before it along."""
    for place, token in enumerate(words):
        kind = _kind(token.key)
        if kind in ("head", "diagnosis"):
            yield from _extended(text, words, place, kind)
        elif kind:
            value = _single(text[token.start : token.end].lower(), kind)
            yield Spot(token.start, token.end, kind, value, "shape")  # type: ignore[arg-type]


def _single(said: str, kind: str) -> str:
    return BRANDS.get(said, said) if kind == "drug" else said


def _extended(text: str, words: Sequence[Token], place: int, kind: str) -> Iterator[Spot]:
    first = place
    while first and place - first < 5 and _goes_on(text, words, first):
        first -= 1
    slot: Slot = _HEADS.get(words[place].key, "diagnosis")
    kept = [w for w in words[first : place + 1] if w.key not in _DROPPED]
    if kind == "head" and len(kept) < 2:
        yield from _of_part(text, words, place)
        return
    value = " ".join(text[w.start : w.end].lower() for w in kept)
    yield Spot(words[first].start, words[place].end, slot, value, "shape")


def _of_part(text: str, words: Sequence[Token], place: int) -> Iterator[Spot]:
    """Read "tear of the medial meniscus": up to eight words of the body after a head."""
    if place + 1 >= len(words) or words[place + 1].key != "of":
        return
    last = place + 1
    for number in range(place + 2, min(place + 10, len(words))):
        word = words[number]
        if text[words[number - 1].end : word.start].strip(" \r\n-"):
            break
        if word.key in _PARTS or word.key in _SIDES or _MODIFIER.match(word.key):
            last = number
        elif word.key not in ("the", "of", "her", "hi", "his"):
            break
    if last > place + 1:
        said = " ".join(text[words[place].start : words[last].end].lower().split())
        slot = _HEADS[words[place].key]
        yield Spot(words[place].start, words[last].end, slot, said, "shape")


def _goes_on(text: str, words: Sequence[Token], first: int) -> bool:
    """Whether the word before belongs to the name: a part of the body, a side, an adjective."""
    before = words[first - 1]
    if not 1 <= words[first].start - before.end <= 2:
        return False
    if text[before.end : words[first].start].strip(" -\n\r"):
        return False
    word = before.key
    if word in _NO_MODIFIER:
        return False
    return word in _PARTS or word in _DROPPED or bool(_MODIFIER.match(word))
