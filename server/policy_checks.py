"""The ``policy`` commands that check: try policies on their own cases."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from nodes.errors import NodeError
from nodes.policy.casebook import read_cases
from nodes.policy.library import read, shipped_files
from nodes.policy.rehearsal import rehearse, uncovered


def tested(asked: Namespace) -> int:
    """Run the cases of policies; a fault names the policy, the case and what differs."""
    faults, cases, files = 0, 0, policy_files(asked.paths)
    for file in files:
        found, count = trial(file, asked.coverage)
        for told in found:
            print(f"{file.stem}: {told}")
        faults, cases = faults + len(found), cases + count
    print(f"{len(files)} policies, {cases} cases, {faults} fault{'s'[: faults != 1]}")
    return 1 if faults else 0


def trial(file: Path, coverage: bool) -> tuple[list[str], int]:
    """Run one policy's cases; also its faults when neither can be read."""
    beside = file.parent / "cases" / file.name
    if not beside.exists():
        return ["it has no cases file, cases/" + file.name], 0
    try:
        book = read_cases(beside.read_text(encoding="utf-8"), f"cases/{file.name}")
        done = rehearse(read(file.read_text(encoding="utf-8")), book)
    except NodeError as error:
        return [str(error)], 0
    said = [f"{fault.case}: {fault.told}" for fault in done.faults]
    return said + (uncovered(done) if coverage else []), len(book.cases)


def policy_files(paths: list[str]) -> list[Path]:
    """The files meant: those named, those of a folder named, else those shipped."""
    found: list[Path] = []
    for path in map(Path, paths):
        found += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return found or shipped_files()


ACTIONS: dict[str, Callable[[Namespace], int]] = {"test": tested}
