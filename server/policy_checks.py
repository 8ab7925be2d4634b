"""The ``policy`` commands that check: try policies on their own cases."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from nodes.errors import NodeError
from nodes.policy.casebook import read_cases
from nodes.policy.library import shipped_files
from nodes.policy.reading import Held, assemble, version
from nodes.policy.rehearsal import rehearse, uncovered


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
        book = read_cases(beside.read_text(encoding="utf-8"), f"cases/{file.name}")
    except NodeError as error:
        return [str(error)], 0
    if book.policy not in (None, file.stem, held.policy.id, version(held.policy)):
        return [f"cases/{file.name}: policy: names another policy"], 0
    done = rehearse(held, book)
    said = [f"{fault.case}: {fault.told}" for fault in done.faults]
    return said + (uncovered(done) if coverage else []), len(book.cases)


def texts(files: list[Path]) -> dict[str, str]:
    """The files' texts, by their paths."""
    return {str(file): file.read_text(encoding="utf-8") for file in files}


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


ACTIONS: dict[str, Callable[[Namespace], int]] = {"test": tested}
