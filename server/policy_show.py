"""The ``policy`` commands that read: list the policies, show one in plain words."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from nodes.errors import UnknownName
from nodes.policy.library import in_force, installed
from nodes.policy.outline import outline
from nodes.policy.reading import Held, read
from server.policy_text import Paper, laid_out

MANY = 3


def shown(asked: Namespace) -> int:
    """Show a policy, or the few whose id begins so."""
    at = asked.at or date.today()
    told = [(outline(one, at), others(one, found)) for one, found in chosen(asked.policy, at)]
    if asked.json:
        for one, _ in told:
            print(one.model_dump_json(indent=2, exclude_defaults=True))
        return 0
    print(f"\n\n{'=' * 40}\n\n".join(laid_out(one, paper(), rest) for one, rest in told))
    return 0


def paper() -> Paper:
    """What standard output is like."""
    return Paper(shutil.get_terminal_size((80, 24)).columns, sys.stdout.isatty())


def chosen(name: str, at: date) -> list[tuple[Held, list[Held]]]:
    """Find a file, or the policies whose id is or begins with the name, each with its versions."""
    if name.endswith((".yaml", ".yml")) or Path(name).is_file():
        held = read(Path(name).read_text(encoding="utf-8"), installed().held)
        return [(held, [held])]
    by_id = named(name, installed().held)
    found = [(version_on(versions, at), versions) for versions in by_id.values()]
    return sorted(found, key=lambda each: "initial" not in each[0].policy.applies.certifications)


def named(name: str, held: Iterable[Held]) -> dict[str, list[Held]]:
    """Group the versions by id; raises UnknownName for none, and lists the ids for many."""
    by_id: dict[str, list[Held]] = {}
    for one in held:
        if one.policy.id.startswith(name):
            by_id.setdefault(one.policy.id, []).append(one)
    if name in by_id:
        return {name: by_id[name]}
    if not by_id:
        raise UnknownName("no policy here has an id that begins so; try `prior-auth policy list`")
    if len(by_id) > MANY:
        ids = "\n  ".join(sorted(by_id))
        raise UnknownName(f"{len(by_id)} policies have an id that begins so:\n  {ids}")
    return by_id


def version_on(versions: Sequence[Held], at: date) -> Held:
    """The version in force on a day; where none is, the one that begins last."""
    current = [one for one in versions if in_force(one.policy, at)]
    return max(current or versions, key=lambda one: one.policy.effective.first)


def others(one: Held, versions: Sequence[Held]) -> list[str]:
    """Name a policy's other versions."""
    return [
        f"version {other.policy.version}, {other.policy.status}, from"
        f" {other.policy.effective.first}"
        for other in versions
        if other is not one
    ]


def listed(_asked: Namespace) -> int:
    """List the policies."""
    for one in sorted(installed().held, key=lambda held: held.policy.id):
        print(f"{one.policy.id:<48}{one.policy.version:<15}{one.policy.title}")
    return 0


ACTIONS: dict[str, Callable[[Namespace], int]] = {"list": listed, "show": shown}
