"""``policy diff``: what differs between two versions, and which open cases it touches."""

import json
import shutil
import sys
from argparse import Namespace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from nodes.errors import UnknownName, UnreadableDocument
from nodes.policy.affected import OpenCase, TouchedCase, touched
from nodes.policy.changed import Changed, PolicyDifference
from nodes.policy.difference import difference
from nodes.policy.library import installed
from nodes.policy.reading import Held, read, version
from server.policy_text import Paper

BYTES = 200_000_000
KINDS = {
    "header": "HEADER", "source": "SOURCES", "added": "NEW CRITERIA", "removed": "CRITERIA GONE",
    "changed": "CHANGED CRITERIA", "number": "NUMBERS", "codes": "CODES", "words": "WORDS ONLY",
}  # fmt: skip
EFFECTS = {
    "stricter": "stricter", "looser": "looser", "either": "stricter for some, looser for others",
    "same": "",
}  # fmt: skip
WHOLE = {
    "stricter": "Taken together it is stricter: what was not met before is not met now.",
    "looser": "Taken together it is looser: what was met before is met now.",
    "either": "Taken together it is stricter for some requests and may be looser for others.",
    "same": "The criteria ask the same.",
}
SAID = {"met": "met", "not_met": "not met", "unknown": "open", None: "-"}


def compared(asked: Namespace) -> int:
    """Print the differences, and the open cases of a file that they touch."""
    old, new = chosen(asked.old), chosen(asked.new)
    found = difference(old.policy, new.policy)
    cases = open_cases(Path(asked.cases)) if asked.cases else ()
    hit = touched(old, new, found, cases)
    if asked.json:
        told = found.model_dump(mode="json")
        if asked.cases:
            told["cases"] = [one.model_dump(mode="json") for one in hit]
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    paper = Paper(shutil.get_terminal_size((80, 24)).columns, sys.stdout.isatty())
    lines = written(found, paper)
    if asked.cases:
        lines += listed(hit, len(cases), paper)
    print("\n".join(lines))
    return 0


def chosen(name: str) -> Held:
    """A policy file, or a policy in force by id or id@version."""
    library = installed()
    if Path(name).is_file():
        return read(Path(name).read_text(encoding="utf-8"), library.held)
    found = [one for one in library.held if name in (one.policy.id, version(one.policy))]
    if len(found) != 1:
        many = "more than one version has this id: give id@version" if found else "there is none"
        raise UnknownName(f"give a policy file, an id or id@version: {many}")
    return found[0]


def open_cases(path: Path) -> tuple[OpenCase, ...]:
    """A JSON list of cases, each with its chart or its last assessment."""
    if path.stat().st_size > BYTES:
        raise UnreadableDocument("the file of cases is larger than 200 MB")
    try:
        return TypeAdapter(tuple[OpenCase, ...]).validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        raise UnreadableDocument(f"the file of cases: {place or 'the file'}: {said}") from None


def written(found: PolicyDifference, paper: Paper) -> list[str]:
    """The differences, by kind."""
    lines = [paper.bold(line) for line in paper.wrapped(found.title, "", "")]
    lines += [f"{found.old} -> {found.new}", "", *paper.wrapped(WHOLE[found.effect], "", "")]
    for kind, title in KINDS.items():
        ones = [one for one in found.changes if one.kind == kind]
        if ones:
            lines += ["", paper.bold(title)]
            lines += [line for one in ones for line in change(one, paper)]
    return lines if found.changes else [*lines, "", "Nothing differs."]


def change(one: Changed, paper: Paper) -> list[str]:
    """One difference: what it is about, what it does, and the words."""
    effect = f"  [{EFFECTS[one.effect]}]" if EFFECTS[one.effect] else ""
    if one.kind in ("header", "source"):
        return paper.wrapped(f"{one.about}: {one.told}", "  ", "    ")
    head = f"  {one.about}{effect}"
    used = ""
    if one.kind in ("number", "codes"):
        used = (
            f". Used by {', '.join(one.criteria)}." if one.criteria else ". No criterion uses it."
        )
    return [paper.bold(head), *paper.wrapped(f"{one.told}{used}", "    ", "    ")]


def listed(hit: tuple[TouchedCase, ...], many: int, paper: Paper) -> list[str]:
    """The open cases touched, those with another verdict first."""
    lines = ["", paper.bold(f"OPEN CASES: {len(hit)} of {many} touched")]
    for one in sorted(hit, key=lambda one: (not one.judged or one.before == one.after, one.case)):
        after = SAID[one.after] if one.judged else "not judged"
        lines.append(f"  {one.case}  {SAID[one.before]} -> {after}")
        lines += paper.wrapped(one.told, "    ", "    ")
        for turn in one.turned:
            said = f"{turn.criterion}: {SAID[turn.before]} -> {SAID[turn.after]}. {turn.reason}"
            lines += paper.wrapped(said, "    - ", "      ")
    return lines
