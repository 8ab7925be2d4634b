"""Small parts of a policy in plain words: codes, windows, limits, therapies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nodes.policy.leaf import Span
from nodes.policy.model import Policy
from nodes.policy.value_set import Member
from nodes.policy.wording import Words

UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
COMPARED = {"<": "below", "<=": "at most", ">=": "at least", ">": "above"}
SHORT, SOME = 6, 3


@dataclass(frozen=True)
class Said:
    """A policy's tables, to look up what its questions name."""

    policy: Policy
    words: dict[str, Words]
    at: date

    def codes(self, name: str | None) -> str:
        """The codes of a value set that hold on the day: all when they are few, else the first."""
        if name is None:
            return ""
        systems: dict[str, list[str]] = {}
        for member in self.policy.value_sets.get(name, ()):
            if valid(member, self.at):
                systems.setdefault(member.system, []).extend(_listed(member))
        return "; ".join(f"{system} {few(codes)}" for system, codes in systems.items())

    def label(self, name: str) -> str:
        """What a concept is called."""
        return self.words[name].label if name in self.words else name.replace("_", " ")

    def number(self, name: str) -> str:
        """A parameter with its unit."""
        one = self.policy.parameters[name]
        return counted(one.value, one.unit.removesuffix("s"))

    def care(self, name: str) -> str:
        """What counts as therapy, and since when."""
        one = self.policy.therapies[name]
        kinds = either(self.label(concept) for concept in one.concepts)
        return f"{kinds}, {within(one.window)}"


def valid(member: Member, at: date) -> bool:
    """Say whether codes hold on a day."""
    dates = member.effective
    return dates is None or (dates.first <= at and (dates.last is None or at <= dates.last))


def _listed(member: Member) -> list[str]:
    return [f"{code}*" if member.match == "prefix" else code for code in member.codes]


def few(codes: list[str]) -> str:
    """List codes, or the first of them and how many more there are."""
    if len(codes) <= SHORT:
        return ", ".join(codes)
    return f"{', '.join(codes[:SOME])} and {len(codes) - SOME} more"


def counted(number: int, noun: str) -> str:
    """Put a noun in the singular or the plural."""
    return f"{number} {noun}{'s' * (number != 1)}"


def length(span: Span) -> str:
    """A window's length."""
    return counted(int(span[1:-1]), UNITS[span[-1]])


def within(span: Span | None) -> str:
    """A window before the order; none is any time."""
    if span is None:
        return "at any time before the order"
    return f"in the {length(span).removeprefix('1 ')} before the order"


def either(parts: Iterable[str]) -> str:
    """Join what is enough by itself."""
    said = list(dict.fromkeys(part for part in parts if part))
    return " or ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
