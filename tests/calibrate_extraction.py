"""How often what extract-entities finds is right, counted by slot and way of finding.

``python -m tests.calibrate_extraction`` counts on the cases of the node's evaluation file whose
id begins with ``unread``: documents written after the rules and scored before any rule was
changed for them. It prints the counts; ``--write`` keeps them as what confidence is made of. Do
that only with new documents of this sort: on corrected ones the numbers would flatter.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from nodes.extract_entities import ExtractEntitiesRequest, _note, extract_entities
from nodes.extraction import confidence
from nodes.extraction.finding import find
from server.evaluating.score_extract_entities import match

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "evals" / "extract-entities.yaml"
KEPT = ROOT / "nodes" / "extraction" / confidence.FILE
ABOUT = "How many entities of a slot and a way of finding were right, place, value and status"
Counts = dict[str, list[int]]


def cases() -> list[dict[str, Any]]:
    """The unread documents."""
    told = yaml.load(CASES.read_text(), yaml.CBaseLoader)["cases"]
    return [one for one in told if one["id"].startswith("unread")]


def ways(request: ExtractEntitiesRequest) -> dict[tuple[str, int, int], str]:
    """How each place of a document was found."""
    return {(s.slot, s.start, s.end): s.how for s in find(_note(request).text, {})}


def counted(documents: list[dict[str, Any]]) -> Counts:
    """Right ones and all, by slot and way; a slot that a case does not judge is left out."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for document in documents:
        request = ExtractEntitiesRequest.model_validate_json(json.dumps(document["request"]))
        how, entities = ways(request), extract_entities(request).entities
        for slot, wanted in document["expect"].items():
            found = [one for one in entities if one.slot == slot]
            pairs, _ = match(wanted or [], found)
            good = {
                id(one)
                for want, one in pairs
                if one is not None and want["status"] in ("any", one.status)
            }
            for one in found:
                name = (
                    f"{slot}.{how.get((slot, one.words.span.start, one.words.span.end), 'shape')}"
                )
                of[name] += 1
                right[name] += id(one) in good
    return {name: [right[name], of[name]] for name in sorted(of)}


def main() -> None:
    documents = cases()
    counts = counted(documents)
    for name, (right, of) in counts.items():
        print(f"{name:<28}{right:>5} of {of:<5}{confidence.lower(right, of):>6.2f}")
    if "--write" in sys.argv:
        told = {
            "about": ABOUT,
            "set": f"{len(documents)} invented documents, unread, of tests/evals/{CASES.name}",
            "cases": len(documents),
            "counts": {n: {"right": right, "of": of} for n, (right, of) in counts.items()},
        }
        KEPT.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
