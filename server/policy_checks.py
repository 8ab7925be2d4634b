"""The ``policy`` commands that check: try policies on their own cases."""

import json
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from nodes.errors import NodeError
from nodes.policy.casebook import read_cases
from nodes.policy.library import shipped_files
from nodes.policy.linting import lint
from nodes.policy.reading import Held, assemble, version
from nodes.policy.rehearsal import rehearse, uncovered
from server import policy_diff

SIZE = 2_000_000


def tested(asked: Namespace) -> int:
    """Run the cases of policies; a fault names the policy, the case and what differs."""
    faults, cases, files = 0, 0, policy_files(asked.paths)
    held, wrong = assemble(texts(files), bases(files))
    for file in files:
        found, count = (
            ([str(wrong[str(file)])], 0)
            if str(file) in wrong
            else trial(file, held[str(file)], asked.coverage)
        )
        for told in found:
            print(f"{file.stem}: {told}")
        faults, cases = faults + len(found), cases + count
    print(f"{len(files)} policies, {cases} cases, {faults} fault{'s'[: faults != 1]}")
    return 1 if faults else 0


def trial(file: Path, held: Held, coverage: bool) -> tuple[list[str], int]:
    """Run one policy's cases."""
    beside = file.parent / "cases" / file.name
    if not beside.exists():
        return ["it has no cases file, cases/" + file.name], 0
    try:
        book = read_cases(text(beside), f"cases/{file.name}")
    except NodeError as error:
        return [str(error)], 0
    if book.policy not in (None, file.stem, held.policy.id, version(held.policy)):
        return [f"cases/{file.name}: policy: names another policy"], 0
    done = rehearse(held, book)
    said = [f"{fault.case}: {fault.told}" for fault in done.faults]
    return said + (uncovered(done) if coverage else []), len(book.cases)


def texts(files: list[Path]) -> dict[str, str]:
    """The files' texts, by their paths."""
    return {str(file): text(file) for file in files}


def text(file: Path) -> str:
    """A file's text, as far as it is looked at; what is no UTF-8 stays visible as such."""
    with file.open("rb") as opened:
        return opened.read(SIZE).decode("utf-8", "surrogateescape")


def bases(files: list[Path]) -> tuple[Held, ...]:
    """What overlays among the files may stand on: those beside them, and those shipped."""
    beside = {one for file in files for one in file.parent.glob("*.yaml")} | {*shipped_files()}
    others = sorted(beside - set(files))
    return tuple(assemble(texts(others))[0].values())


def policy_files(paths: list[str]) -> list[Path]:
    """The files meant: those named, those of a folder named, else those shipped."""
    found: list[Path] = []
    for path in map(Path, paths):
        found += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return found or shipped_files()


def linted(asked: Namespace) -> int:
    """Check policy files; 1 when there is an error, warnings alone are 0."""
    files = policy_files(asked.paths)
    found, held = lint(texts(files), asked.at or date.today(), bases(files))
    errors = sum(one.severity == "error" for one in found)
    if asked.json:
        print(json.dumps([one.model_dump() for one in found], indent=2, ensure_ascii=False))
        return 1 if errors else 0
    for file in dict.fromkeys(one.file for one in found):
        print(file)
        for one in (one for one in found if one.file == file):
            print(f"  {one.severity:<8}{one.path or 'the file'}: {one.told}  [{one.code}]")
            print(f"          {one.mend}")
    print(
        f"{len(files)} files, {len(held)} read: {errors} error{'s'[: errors != 1]},"
        f" {len(found) - errors} warning{'s'[: len(found) - errors != 1]}"
    )
    return 1 if errors else 0


ACTIONS: dict[str, Callable[[Namespace], int]] = {
    "test": tested,
    "lint": linted,
    "diff": policy_diff.compared,
}
