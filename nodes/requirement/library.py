"""The requirement tables: shipped in ``nodes/requirements``, and the installation's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from nodes import datafile
from nodes.audit import Used, sha256
from nodes.errors import NotConfigured
from nodes.requirement.codes import holds, level
from nodes.requirement.table import RequirementTable, RetiredCode
from nodes.settings import settings

WHAT = "requirement table"


@dataclass(frozen=True)
class Held:
    """A table, and the record of its use."""

    table: RequirementTable
    used: Used


class Requirements:
    """Tables that decide together; of two with one id the later, an installation's own, counts."""

    def __init__(self, held: Iterable[Held]) -> None:
        """Keep the last of each id, in the order of ids."""
        by_id = {one.table.id: one for one in held}
        self.held = tuple(by_id[name] for name in sorted(by_id))

    @property
    def tables(self) -> tuple[RequirementTable, ...]:
        """The tables alone."""
        return tuple(one.table for one in self.held)

    def retired(self, system: str, code: str, day: date) -> RetiredCode | None:
        """The record of a code that is no longer valid on a day."""
        for table in self.tables:
            for one in table.retired:
                named = one.system == level(system, code) and holds(one.code, code)
                if named and day > one.last:
                    return one
        return None


def read(raw: bytes, file: str) -> Held:
    """Read one table; ``file`` is its name, which is the table's id and ``.yaml``.

    Raises NotConfigured with one complaint per fault: the file, the field and what is wrong,
    never the value.
    """
    table = datafile.parse(raw, RequirementTable, WHAT, file)
    if file != f"{table.id}.yaml":
        fault = f"id: it must be the file's name, or the file be {table.id}.yaml"
        raise datafile.wrong(WHAT, file, [fault])
    used = Used(kind="table", id=table.id, version=table.version, sha256=sha256(raw))
    return Held(table, used)


def folder(path: Path) -> list[Held]:
    """The tables of a folder."""
    try:
        found = sorted(one for one in path.iterdir() if one.name.endswith(".yaml"))
        return [read(one.read_bytes(), one.name) for one in found]
    except OSError as error:
        raise NotConfigured(
            f"settings: requirements: the folder or a file in it cannot be read: {error.strerror}"
        ) from None


@cache
def shipped() -> tuple[Held, ...]:
    """The tables of ``nodes/requirements``."""
    inside = sorted((files("nodes") / "requirements").iterdir(), key=lambda one: one.name)
    return tuple(read(one.read_bytes(), one.name) for one in inside if one.name.endswith(".yaml"))


@cache
def in_force() -> Requirements:
    """Those shipped under those of the settings' ``requirements`` folder; once per process."""
    own = settings().requirements
    return Requirements([*shipped(), *(folder(Path(own)) if own else ())])
