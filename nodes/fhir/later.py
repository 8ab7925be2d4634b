"""Texts that are asked for after everything else: the newest first, and not at any cost.

A chart has hundreds of notes, each of them one question more. They must use up neither what the
vendor allows nor the time that the searches need.
"""

from collections.abc import Iterable
from datetime import date
from heapq import heappop, heappush

from nodes.ehr.connection import Connection
from nodes.fhir.found import Found

SHARE = 2
LATE = "the EHR was too slow for the whole chart"
SPENT = "half of what the EHR's vendor allows went to the texts of newer ones"


class Later:
    """References that wait to be asked for, each with the day of what it belongs to."""

    def __init__(self, connection: Connection) -> None:
        """Begin with none; at most half of the vendor's count for a window is for texts."""
        self._connection = connection
        self._waiting: list[tuple[int, str]] = []
        self._most = connection.window // SHARE if connection.window else None

    def put(self, reference: str, day: date | None) -> None:
        """Let one wait."""
        heappush(self._waiting, (-(day or date.min).toordinal(), reference))

    def next(self) -> str | None:
        """Give the newest; None where nothing waits, or no more may be asked."""
        if not self._waiting or self._most == 0 or self._connection.left() <= 0:
            return None
        if self._most is not None:
            self._most -= 1
        return heappop(self._waiting)[1]

    def rest(self) -> tuple[list[str], str]:
        """Give those that were never asked for, newest first, and why they were not."""
        references = [reference for _, reference in sorted(self._waiting)]
        self._waiting.clear()
        return references, LATE if self._connection.left() <= 0 else SPENT


def lose(waiting: Iterable[tuple[Found, str]], why: str) -> None:
    """Say in each search how many texts of what it found were not read, the newest by name."""
    names: dict[int, list[str]] = {}
    founds: dict[int, Found] = {}
    for found, name in waiting:
        founds[id(found)] = found
        names.setdefault(id(found), []).append(name)
    for key, found in founds.items():
        count = len(names[key])
        found.lose(f"the texts of {count} were not read, the newest {names[key][0]}: {why}")
