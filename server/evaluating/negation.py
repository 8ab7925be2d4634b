"""How well denials are read, on sentences with one marked phrase each, such as the NegEx set.

The public set (Chapman; 2,376 sentences, github.com/chapmanbe/negex) is not part of this project:
name a file of it. Its lines are number, phrase, sentence, Negated or Affirmed, parted by tabs.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nodes.entity import Status
from nodes.errors import UnreadableDocument
from nodes.extraction.status import at, places, status_of
from server.evaluating.measuring import Counts, Measure
from server.evaluating.measuring import measure as measured

Row = tuple[str, str, bool]
SIZE = 20_000_000
_WORD = re.compile(r"[^\W_]+")


def measure(rows: Iterable[Row]) -> Measure:
    """Measure denials over phrase, sentence and whether the sentence denies the phrase."""
    return measured("negated", [_counted(*row) for row in rows])


def read(path: Path) -> Iterator[Row]:
    """Read a file of the set, its head line left out; raises UnreadableDocument."""
    if path.stat().st_size > SIZE:
        raise UnreadableDocument("negation set: the file is too large")
    try:
        lines = path.read_text(encoding="utf-8", errors="strict").splitlines()
    except UnicodeDecodeError:
        lines = path.read_text(encoding="latin-1").splitlines()
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        said = cells[3].strip().lower() if len(cells) > 3 else ""
        if said in ("negated", "affirmed", "possible"):
            yield cells[1], cells[2].strip('" '), said == "negated"
        elif number > 1 and line.strip():
            raise UnreadableDocument(f"negation set: line {number} has not the set's four columns")


def marked_status(sentence: str, phrase: str) -> Status | None:
    """Say how a sentence means its marked phrase: where it stands in capitals, when it does.

    A phrase that is not there is looked for by the longest run of its words that is.
    """
    found = [span for span in places(sentence, phrase) if _marked(sentence, span)]
    if found:
        return at(sentence, *found[0])
    said = (status_of(sentence, words) for words in _runs(_WORD.findall(phrase)))
    return next((one for one in said if one is not None), None)


def _runs(words: list[str]) -> list[str]:
    """Every run of words, those of most words and letters first."""
    places = ((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    found = [words[i:j] for i, j in places]
    return [" ".join(run) for run in sorted(found, key=lambda one: (-len(one), -len(str(one))))]


def _marked(sentence: str, span: tuple[int, int]) -> bool:
    words = sentence[slice(*span)]
    return words.isupper() and not sentence.isupper()


def _counted(phrase: str, sentence: str, negated: bool) -> Counts:
    said = marked_status(sentence, phrase) == "negated"
    if negated:
        return {"hit": 1} if said else {"miss": 1}
    return {"false_alarm": 1} if said else {"silence": 1}
