"""Finding the 277s of a document while it streams by."""

from nodes.settings import settings
from nodes.x12.finding import Finding
from nodes.x12.reading.stream import Reader
from nodes.x12.status_277.effective import Judge
from nodes.x12.status_277.entry_277 import Terms
from nodes.x12.status_277.read_277 import Answer, Levels
from nodes.x12.status_277.status import Guide
from nodes.x12.status_277.status_guide import by_name
from nodes.x12.status_277.statuses import Statuses

BOUNDS = frozenset(("GS", "ST", "SE", "GE", "IEA", "TA1"))


class Sets:
    """Reads every 277 of a document; ``guides`` are theirs, in order."""

    def __init__(self, lists: Statuses) -> None:
        """Nothing read yet."""
        self.answer, self.guides = Answer(), list[Guide]()
        self._judge, self._terms = Judge(lists), Terms(lists)
        self._group: list[str] = []
        self._open: Levels | None = None

    def read(self, text: str) -> tuple[Finding, ...]:
        """Read all, whatever is wrong with the envelopes; that is given back."""
        reader = Reader(text, settings().x12.document)
        for batch in reader.batches():
            if reader.began:
                self._terms.begin(reader.separators.component)
            else:
                self._take(batch)
        self._close()
        return reader.findings

    def _take(self, batch: list[list[str]]) -> None:
        done = 0
        for at in [at for at, row in enumerate(batch) if row[0] in BOUNDS]:
            self._inside(batch[done:at] if done else batch[:at])
            self._bound(batch[at])
            done = at + 1
        self._inside(batch[done:] if done else batch)

    def _inside(self, batch: list[list[str]]) -> None:
        if self._open:
            self._open.read(batch, self._terms)

    def _bound(self, row: list[str]) -> None:
        if row[0] == "TA1":
            return
        self._close()
        if row[0] == "ST" and row[1:2] == ["277"]:
            named = by_name(row, self._group)
            self._open = Levels(self.answer, len(self.guides) + 1, named, self._judge)
        elif row[0] in {"GS", "GE"}:
            self._group = row if row[0] == "GS" else []

    def _close(self) -> None:
        if self._open:
            self.guides.append(self._open.end())
        self._open = None
