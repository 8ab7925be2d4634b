"""Sentences a second of the whole node extract-entities on one core, on the evaluation's notes.

Others' figures are not measured here: they stand as they were measured before, on another
machine, each on single sentences and with negation only, without particulars or responses. All is
CPU time; a loop of plain Python beside it tells how fast the machine was in that moment.
"""

import json
from datetime import date
from pathlib import Path
from time import process_time

import yaml

from nodes.chart import Note
from nodes.extract_entities import ExtractEntitiesRequest, extract_entities
from nodes.policy.sentences import ReadNote

CASES = Path(__file__).parent.parent / "evals" / "extract-entities.yaml"
SECONDS = 0.7
TIMES = 4
STEPS = 1_000_000
FLOOR = 3000
OTHERS = (
    ("medspaCy 1.3.1 ConText (told, not measured here)", 1.6),
    ("negspacy 1.1.0 (told)", 0.65),
)


def requests() -> list[ExtractEntitiesRequest]:
    """The notes, letters, faxes and forms of the evaluation."""
    told = yaml.load(CASES.read_text(), yaml.CBaseLoader)["cases"]
    return [
        ExtractEntitiesRequest.model_validate_json(json.dumps(case["request"])) for case in told
    ]


def sentences(asked: list[ExtractEntitiesRequest]) -> int:
    """Count them as the reader of notes cuts them."""
    notes = (
        Note(id="DocumentReference/1", title="n", written=date(2026, 11, 20), text=one.text or "")
        for one in asked
    )
    return sum(len(ReadNote(note).sentences) for note in notes)


def machine() -> float:
    """Say how many milliseconds of CPU a million steps of plain Python take just now."""
    began, total = process_time(), 0
    for step in range(STEPS):
        total += step * step % 7
    return (process_time() - began) * 1000


def measure() -> tuple[int, float, float]:
    """Give the sentences, the best of several rates a second of CPU, and the machine's pace."""
    asked = requests()
    count = sentences(asked)
    for one in asked:
        extract_entities(one)
    rates = [_rate(asked, count) for _ in range(TIMES)]
    return count, max(rates), min(machine() for _ in range(TIMES))


def _rate(asked: list[ExtractEntitiesRequest], count: int) -> float:
    began, rounds = process_time(), 0
    while process_time() - began < SECONDS:
        for one in asked:
            extract_entities(one)
        rounds += 1
    return count * rounds / (process_time() - began)


def report() -> None:
    """Print the table, and whether the floor is held."""
    count, rate, pace = measure()
    held = "held" if rate >= FLOOR else "NOT held"
    print(f"\nextract-entities, one core, {count} sentences of notes, discharges, images, faxes")
    print(f"{'whole node: all slots, status, particulars':<52}{rate:>8.0f} sentences/s")
    print(f"floor {FLOOR} a second: {held}; a million steps of Python took {pace:.0f} ms")
    for name, spent in OTHERS:
        print(f"{name:<52}{1000 / spent:>8.0f} sentences/s")


if __name__ == "__main__":
    report()
