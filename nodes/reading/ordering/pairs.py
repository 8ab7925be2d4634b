"""Label and value pairs of a form-like text: several to a line, or the value on the next line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nodes.reading.ordering.labels import expression, field, shipped

RULED = re.compile(r"[_\u2026.]{3,}")
WIDE = re.compile(r"[ \t]{3,}|\t")
LINE = re.compile(r"[^\n]*\n?")
PATIENTS = ("patient", "pt", "patient name", "name", "member", "beneficiary")
NAMED = r"[A-Z][\w'\u2019\-]+,?(?: [A-Z][\w'\u2019.\-]*){1,3}"
BARE = re.compile(
    r"(?P<label>(?i:patient name|patient|pt|name|member|beneficiary|ordering (?:provider|physician)"
    rf"|physician|prescriber))[ ]{{1,2}}(?P<value>{NAMED}(?:, ?[A-Z][\w.\-]{{1,5}})?)[ ]*"
    r"(?:$|[,(]|(?=\b(?:DOB|D\.O\.B|[Bb]orn)))"
)
NUMBERED = re.compile(r"#|\b(?:no|number)\b", re.IGNORECASE)
LONGEST = 300


@dataclass(frozen=True)
class Pair:
    """A value, where it stands, and whose part of the form it is in."""

    field: str
    value: str
    start: int
    end: int
    whose: str


def pairs(text: str) -> Iterator[Pair]:
    """Give every labelled value in order; what is left blank is not given."""
    whose, waiting = "patient", None
    for found in LINE.finditer(text):
        line = found[0].rstrip("\n")
        labels = [one for one in expression().finditer(line[:4000]) if _labels(line, one)]
        bare = BARE.match(line) if not labels else None
        if bare:
            name = "name" if bare["label"].lower() in PATIENTS else "requester"
            start = found.start() + bare.start("value")
            yield Pair(name, bare["value"], start, start + len(bare["value"]), whose)
        if not labels:
            if waiting and line.strip():
                yield from _value(waiting, text, found.start(), found.start() + len(line), whose)
            waiting = None if line.strip() else waiting
            whose = _heading(line, whose)
            continue
        waiting = None
        ends = [label.start() for label in labels[1:]] + [len(line)]
        for label, end in zip(labels, ends, strict=True):
            before = line[: label.start()].rsplit("  ", 1)[-1][-40:]
            whose = _person(f"{before} {label['label']}", whose)
            name = _field(label)
            given = list(
                _value(name, text, found.start() + label.end(), found.start() + end, whose)
            )
            yield from given
            waiting = name if not given and label is labels[-1] else None


def _labels(line: str, found: re.Match[str]) -> bool:
    """Whether a label is one: with its sign, or else first on its line."""
    if re.search(r"[:#]", found[0]):
        return True
    alone = not line[found.end() :].strip()
    return not line[: found.start()].strip() and not (alone and " " not in found["label"])


def _field(found: re.Match[str]) -> str:
    """Name a label's field; the number of an order is not what it orders."""
    name = field(found["label"])
    return "other" if name == "service" and NUMBERED.search(found[0]) else name


def _value(name: str, text: str, start: int, end: int, whose: str) -> Iterator[Pair]:
    said = text[start:end]
    if name not in ("service", "reason") and (gap := WIDE.search(said.rstrip())):
        said = said[: gap.start()] if said[: gap.start()].strip() else said
    lead = len(said) - len(said.lstrip(" \t_.:-"))
    kept = said.strip(" \t_.:-;,|")
    if kept and not RULED.fullmatch(kept):
        at = start + lead
        yield Pair(name, kept[:LONGEST], at, at + len(kept[:LONGEST]), whose)


def _heading(line: str, whose: str) -> str:
    """Whose part begins with a heading: few words, no sentence."""
    words = line.strip(" \t:*#=_-").lower()
    if not words or len(words) > 60 or words.endswith((".", ",")) or len(words.split()) > 6:
        return whose
    return _person(words, whose)


def _person(words: str, whose: str) -> str:
    low = words.lower()
    for person in ("requester", "other", "patient"):
        if any(re.search(rf"\b{one}", low) for one in shipped()[0].persons[person]):
            return person
    return whose
