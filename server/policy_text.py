"""A policy's outline laid out for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nodes.policy.outline import Outline, Step

NARROW, WIDE = 40, 100
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True)
class Paper:
    """How wide the lines may be, and whether the terminal knows bold and dim."""

    width: int
    styled: bool = False

    def wrapped(self, text: str, first: str, rest: str) -> list[str]:
        """Break a text into lines; codes and ids are never broken."""
        width = max(min(self.width, WIDE), NARROW)
        lines = textwrap.wrap(
            text,
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return lines or [first.rstrip()]

    def labelled(self, label: str, text: str, indent: int, column: int) -> list[str]:
        """A label, and its text in a column of its own."""
        lines = self.wrapped(text, " " * column, " " * column)
        head = f"{' ' * indent}{label}".ljust(column)
        if len(head) > column:
            return [self.dim(head), *lines]
        return [f"{self.dim(head)}{lines[0][column:]}", *lines[1:]]

    def bold(self, text: str) -> str:
        """Make a line bold."""
        return f"{BOLD}{text}{PLAIN}" if self.styled else text

    def dim(self, text: str) -> str:
        """Make a part dim."""
        return f"{DIM}{text}{PLAIN}" if self.styled else text


def laid_out(told: Outline, paper: Paper, versions: Sequence[str] = ()) -> str:
    """Write the whole outline; ``versions`` are the policy's others."""
    lines = [paper.bold(line) for line in paper.wrapped(told.title, "", "")]
    lines += paper.wrapped(f"{told.id}  version {told.version}, {told.status}", "", "")
    lines.append("")
    for label, text in head(told, versions):
        lines += paper.labelled(label, text, 0, 11)
    lines += section(paper, "CRITERIA", [told.criteria])
    lines += section(paper, "EXCLUSIONS: not covered when one of these is met", told.exclusions)
    lines += section(paper, "EXCEPTIONS: one of these waives what it names", told.exceptions)
    for title, items in lists(told):
        if items:
            lines += ["", *(paper.bold(line) for line in paper.wrapped(title, "", ""))]
            lines += [line for item in items for line in paper.wrapped(item, "  ", "      ")]
    return "\n".join(lines)


def head(told: Outline, versions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who and when, and from where."""
    yield "For", told.whom
    yield "Services", told.services
    yield "In force", told.when
    yield "Review by", told.review_by.isoformat()
    yield "Kind", told.kind
    for source in told.sources:
        yield "Source", source
    if told.base:
        yield "Extends", told.base
    if told.origin:
        yield "Drafted", told.origin
    if versions:
        yield "Others", "; ".join(versions)
    yield "Hash", told.sha256


def lists(told: Outline) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What follows the criteria."""
    return (
        ("NUMBERS THIS POLICY SETS", told.parameters),
        ("NOT DECIDED HERE", told.elsewhere),
        ("CODES, * with all codes beneath", told.value_sets),
        ("WORDS LOOKED FOR IN NOTES, beside the shared dictionary", told.words),
    )


def section(paper: Paper, title: str, steps: Sequence[Step]) -> list[str]:
    """A heading and its steps."""
    if not steps:
        return []
    lines = ["", *(paper.bold(line) for line in paper.wrapped(title, "", ""))]
    for one in steps:
        lines += step(paper, one, 0)
    return lines


def step(paper: Paper, one: Step, depth: int) -> list[str]:
    """One criterion, then those below it, indented."""
    indent = "  " * depth
    number = f"{one.number}  " if one.number else ""
    rule = f"{one.rule}: " if one.rule else ""
    first = f"{indent}{number}"
    rest = " " * len(first)
    lines = [""] if one.number else []
    lines += paper.wrapped(f"{rule}{one.text}", first, rest)
    margin = min(len(rest), paper.width // 4)
    for label, text in details(one):
        lines += paper.labelled(label, text, margin, margin + 11)
    for child in one.below:
        lines += step(paper, child, depth + bool(one.number))
    return lines


def details(one: Step) -> Iterator[tuple[str, str]]:
    """What belongs to a criterion, by its label."""
    if one.waives:
        yield "Waives", ", ".join(one.waives)
    if one.shown_by:
        yield "Shown by", one.shown_by
    if one.silence:
        yield "If silent", f"{one.silence}. {one.ask or 'Nobody is asked.'}"
    if one.waived_by:
        yield "Waived by", ", ".join(one.waived_by)
    if one.source:
        yield "Source", f"{one.source}  [{one.id}]"
    for quote in one.quotes:
        yield "It says", f"“{quote}”"
