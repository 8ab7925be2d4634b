"""A model that writes prose with citations from the search results it is given, honest or lying.

The liar is fluent: in every second sentence it invents a number, drug, side, date, code, unit,
reference, verdict or clinician, turns a negation, or cites what is not there. Seeded: the same
request and seed give the same answer. What a real model would write it cannot show.
"""

from collections.abc import Iterator
from hashlib import sha256
from json import dumps
from random import Random
from typing import Literal

from server.sandbox.model_lies import LIES
from server.sandbox.model_spoken import Json, Place, Uttered, said, stopped

Mode = Literal["honest", "liar"]
SECTIONS = ("Clinical history", "Prior treatment", "Findings")
KINDS = {"medication": 1, "device": 1, "procedure": 1, "observation": 2, "report": 2}


def write(asked: Json, mode: Mode, seed: int = 0) -> Json:
    """Answer a request for prose: a message as the API gives it."""
    blocks = [block for said in uttered(asked, mode, seed) for block in said.blocks]
    size = len(dumps(asked)) // 4
    return {
        "id": f"msg_sandbox_{seed}",
        "type": "message",
        "role": "assistant",
        "model": asked["model"],
        "content": blocks,
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": size, "output_tokens": 40 * len(blocks)},
    }


def uttered(asked: Json, mode: Mode, seed: int = 0) -> Iterator[Uttered]:
    """Give the sentences in order, so that a test can know which of them are lies."""
    found = places(asked)
    random = Random(f"{seed} {sha256(dumps([p.text for p in found]).encode()).hexdigest()}")
    headed = "## Clinical history" in dumps(asked.get("system", ""))
    ordered = sorted(found, key=lambda place: KINDS.get(place.kind, 0)) if headed else found
    last, lies = None, list(LIES)
    random.shuffle(lies)
    for number, place in enumerate(ordered):
        heading = SECTIONS[KINDS.get(place.kind, 0)]
        if headed and heading != last:
            yield Uttered("", ({"type": "text", "text": f"\n\n## {heading}\n"},))
            last = heading
        if mode == "liar" and number % 2 == seed % 2:
            kind = lies[(number // 2) % len(lies)]
            yield LIES[kind](place, found, random, kind)
        else:
            yield honest(place, random)


def places(asked: Json) -> list[Place]:
    """List the pieces of a request's search results, as they are counted."""
    found, result = [], 0
    for message in asked["messages"]:
        content = message["content"] if isinstance(message["content"], list) else []
        for block in content:
            if block.get("type") == "search_result":
                kind = block["title"].partition(",")[0].replace(" ", "_")
                found += [
                    Place(one["text"], kind, result, piece, block["source"], block["title"])
                    for piece, one in enumerate(block["content"])
                ]
                result += 1
    return found


def honest(place: Place, random: Random) -> Uttered:
    """Tell a piece: in its words, or led by words of the writer's own that cite nothing."""
    lead = random.choice(("", "", "The record says: ", "From the chart: "))
    return said(stopped(place.text), place, lead=lead)
