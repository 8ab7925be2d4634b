"""Codes a text gives: ICD-10-CM, CPT behind a label, HCPCS; never one that is only implied."""

import re
from collections.abc import Iterator

from nodes.chart import Coding
from nodes.entity import Slot
from nodes.extraction.spots import Spot

_ICD = re.compile(
    r"(?<![\w.-])[A-TV-Z]\d[0-9AB]\.[0-9A-Z]{1,4}(?![\w-])"
    r"|(?<=\()[A-TV-Z]\d[0-9AB](?=\))(?<![CTL]1\d)"
    r"|(?:(?<=[:\u2013-] )|(?<=[a-z] ))(?!B12|[CLST]\d\d)[A-TV-Z]\d[0-9AB](?=[ \t]*(?:[,;)\r\n]|$))"
    r"|(?<=[a-z], )[ADE-KM-RVZ]\d\d(?![\w.]\w|\w)"
)
_ANY_ICD = re.compile(r"[A-TV-Za-tv-z]\d[0-9ABab]")
_ICD_BARE = re.compile(
    r"\b(?:icd(?:-?10)?(?:-?cm)?|dx|diagnos[ei]s)(?: codes?)?[ \t]{0,3}[:#=(]?[ \t]{0,3}"
    r"(?P<codes>[A-TV-Z]\d[0-9AB][0-9A-Z]{0,4}(?:[ ,;/&]{1,3}"
    r"(?:and )?[A-TV-Z]\d[0-9AB][0-9A-Z]{0,4})"
    r"{0,11})(?!\w|\.\d)",
    re.IGNORECASE,
)
_ONE_ICD = re.compile(r"[A-TV-Z]\d[0-9AB][0-9A-Z]{0,4}", re.IGNORECASE)
_CPT = re.compile(
    r"\b(?:cpt|hcpcs|procedure|service|proc)(?:[ \t]?/[ \t]?hcpcs)?(?:[ \t]{1,2}codes?)?"
    r"[ \t]{0,3}(?:\(s\))?[:#=(]{0,2}[ \t]{0,3}(?P<codes>\d{4}[\dTFU](?:[ ,;/&x]{1,3}(?:and )?"
    r"(?:CPT )?\d{4}[\dTFU])"
    r"{0,11})(?![\w-]|\.\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[Ii][Cc][Dd]|[Dd](?:[Xx]|[Ii][Aa][Gg][Nn])")
_FIGURES = re.compile(r"\d\d\d\d")
_ONE_CPT = re.compile(r"\d{4}[\dTFU]", re.IGNORECASE)
_BEFORE_WORDS = re.compile(
    r"\b(?:MRI|MRA|CTA?|PET|DEXA|DXA|[Uu]ltrasound"
    r"|[Xx]-?ray)\b[A-Za-z /]{0,30}(?P<image>7[0-8]\d{3})(?![\w-])|"
    r"(?<=\()(?P<code>[2-9]\d{4})(?=\))|^[ \t]*(?P<line>7\d{4}|9[0-7]\d{3})(?=[ \t]+[-\u2013A-Z])",
    re.MULTILINE,
)
_HCPCS = re.compile(r"(?<![\w.-])[ABCEGHJKLQSTV]\d{4}(?!\w|\.\d|-\d)")
_IMAGING = range(70010, 78000)
_HCPCS_SLOT: dict[str, Slot] = {"J": "drug", "E": "device", "K": "device", "L": "device"}


def codes(text: str) -> Iterator[Spot]:
    """Find the codes in a text; ICD-10-CM gets its dot."""
    taken: set[int] = set()
    for spot in (*_diagnoses(text), *_services(text)):
        if spot.start not in taken:
            taken.add(spot.start)
            yield spot


def _diagnoses(text: str) -> Iterator[Spot]:
    if not _ANY_ICD.search(text):
        return
    for match in _ICD.finditer(text):
        yield _diagnosis(match.start(), match.group())
    for block in _ICD_BARE.finditer(text) if _NAMED.search(text) else ():
        for match in _ONE_ICD.finditer(text, block.start("codes"), block.end("codes")):
            yield _diagnosis(match.start(), match.group().upper())


def _services(text: str) -> Iterator[Spot]:
    if not _FIGURES.search(text):
        return
    for place, code in _numbers(text):
        slot: Slot = "imaging" if code.isdigit() and int(code) in _IMAGING else "procedure"
        yield _coded(place, code, slot, "CPT")
    for match in _HCPCS.finditer(text):
        slot = _HCPCS_SLOT.get(match.group()[0], "procedure")
        yield _coded(match.start(), match.group(), slot, "HCPCS")


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    for block in _CPT.finditer(text):
        for match in _ONE_CPT.finditer(text, block.start("codes"), block.end("codes")):
            yield match.start(), match.group().upper()
    for match in _BEFORE_WORDS.finditer(text):
        yield match.start(match.lastgroup or 0), match[match.lastgroup or 0]


def _diagnosis(place: int, said: str) -> Spot:
    code = said if "." in said or len(said) == 3 else f"{said[:3]}.{said[3:]}"
    coding = Coding(system="ICD-10-CM", code=code)
    return Spot(place, place + len(said), "diagnosis", code, "code", "icd-10-cm", coding)


def _coded(place: int, code: str, slot: Slot, system: str) -> Spot:
    coding = Coding.model_validate({"system": system, "code": code})
    return Spot(place, place + len(code), slot, code, "code", system.lower(), coding)
