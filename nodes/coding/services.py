"""Service codes by their form: HCPCS with own words where we have some, CPT never described."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from nodes.audit import Model
from nodes.case import ServiceLine
from nodes.coding.candidate import HcpcsCode
from nodes.datafile import parse

FILE = Path(__file__).with_name("hcpcs.yaml")
_HCPCS = re.compile(r"[A-CEGHJ-MP-V]\d{4}")
_DENTAL = re.compile(r"D\d{4}")
_CPT = re.compile(r"\d{4}[0-9FTU]|\d{4}[AM]")


class ServiceWords(Model):
    """The file ``hcpcs.yaml``."""

    version: str
    source: str
    mark: str
    words: dict[str, str]


@cache
def service_words() -> ServiceWords:
    """The list that comes with the product."""
    return parse(FILE.read_bytes(), ServiceWords, "the HCPCS list", FILE.name)


def looked_at(codes: Iterable[str], lines: Iterable[ServiceLine]) -> tuple[HcpcsCode, ...]:
    """Say of each code what it can be; whether it is in force is not known."""
    asked = [*codes, *(line.code for line in lines if line.system in ("CPT", "HCPCS"))]
    return tuple(_one(code) for code in dict.fromkeys(asked))


def _one(code: str) -> HcpcsCode:
    word = code.strip().upper()
    if _HCPCS.fullmatch(word):
        told = service_words().words.get(word)
        return HcpcsCode(code=code, system="HCPCS", form="valid", words=told)
    if _DENTAL.fullmatch(word):
        return HcpcsCode(code=code, system="HCPCS", form="dental")
    if _CPT.fullmatch(word):
        return HcpcsCode(code=code, system="CPT", form="valid")
    return HcpcsCode(code=code, system="unknown", form="invalid")
