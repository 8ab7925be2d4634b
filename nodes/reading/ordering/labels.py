"""The labels that orders print before a value, as one expression over lines."""

import re
from functools import cache
from pathlib import Path

from pydantic import Field

from nodes.audit import Model, Used, sha256
from nodes.datafile import parse

FILE = Path(__file__).with_name("labels.yaml")


class OrderLabels(Model):
    """The file labels.yaml: labels by the field they name, and whose a heading is."""

    source: str
    version: str
    labels: dict[str, tuple[str, ...]] = Field(min_length=1)
    persons: dict[str, tuple[str, ...]]
    serves: tuple[str, ...] = Field(description="Words of a service, beside which a code is one")


@cache
def shipped() -> tuple[OrderLabels, Used]:
    """Load the file once per process."""
    raw = FILE.read_bytes()
    told = parse(raw, OrderLabels, "the table", FILE.name)
    return told, Used(kind="table", id="order-labels", version=told.version, sha256=sha256(raw))


@cache
def fields() -> dict[str, str]:
    """Every label and the field it names."""
    return {label: name for name, all_ in shipped()[0].labels.items() for label in all_}


@cache
def expression() -> re.Pattern[str]:
    """Find a label: before a colon or a number sign, or at a line's start before wide blanks."""
    words = "|".join(
        re.escape(label).replace(r"\ ", r"[ \t]{1,3}")
        for label in sorted(fields(), key=len, reverse=True)
    )
    words = words.replace("'", "['\u2019]?")
    return re.compile(
        rf"(?<![\w/&'-])(?P<label>{words})(?:\(s\))?"
        r"(?:[ \t]{0,3}(?:\([^()\n]{1,40}\))?[ \t]{0,2}(?:\b(?:no|number|name)\b\.?|\#)?"
        r"[ \t]{0,2}[:#]"
        r"|(?<=\w)[ \t]{3,}|(?<=\w)[ \t]{0,3}$)[ \t]{0,12}(?!\w*:)",
        re.IGNORECASE,
    )


def field(label: str) -> str:
    """Tell which field a label found names."""
    return fields()[" ".join(label.lower().replace("\u2019", "'").split())]
