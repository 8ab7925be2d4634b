"""What stands in the way by itself: the leaves whose adverse answer alone makes the whole not met.

Which answer is adverse depends on the place: not met where a leaf is asked for, met where it is
excluded. What is as wanted never blocks.
"""

from collections.abc import Mapping

from nodes.assessment import Status
from nodes.policy.closest import Path
from nodes.policy.logic import Circuit, decide, scenarios, statuses

ADVERSE: tuple[Status, ...] = ("not_met", "met")


def blocking(laid: Circuit, answers: Mapping[str, Status], way: Path) -> tuple[str, ...]:
    """List the open leaves that would block, or when it is not met those that do.

    Of a whole that is not met: the leaves of the closest way that are answered against it, each
    taken by itself, all else of that way open again. Of one that is met: none.
    """
    status = statuses(laid, answers)[laid.parts[-1].id]
    if status == "met":
        return ()
    told = {name: answers.get(name, "unknown") for name in laid.leaves}
    if status == "unknown":
        return _that_deny(
            laid, told, [(n, a) for n in laid.leaves for a in _adverse(laid, n, told)]
        )
    opened = told | dict.fromkeys(way.against, "unknown")
    return _that_deny(laid, opened, [(name, told[name]) for name in way.against])


def _adverse(laid: Circuit, name: str, told: Mapping[str, Status]) -> tuple[Status, ...]:
    place = laid.leaves.index(name)
    if told[name] != "unknown":
        return ()
    if place in laid.mixed:
        return ADVERSE
    return ADVERSE[1:] if place in laid.against else ADVERSE[:1]


def _that_deny(
    laid: Circuit, told: Mapping[str, Status], tried: list[tuple[str, Status]]
) -> tuple[str, ...]:
    """Keep those whose answer, put into what is told, makes the whole not met."""
    if not tried:
        return ()
    ones, shown, denied = scenarios(laid, [told[name] for name in laid.leaves], len(tried))
    wide = ones.bit_length() // len(tried)
    block = (1 << wide) - 1
    places = {name: place for place, name in enumerate(laid.leaves)}
    for turn, (name, status) in enumerate(tried):
        yes, no = (shown, denied) if status == "met" else (denied, shown)
        yes[places[name]] |= block << (turn * wide)
        no[places[name]] &= ~(block << (turn * wide))
    root = decide(laid, shown, denied)[1][-1]
    found = [name for n, (name, _) in enumerate(tried) if (root >> (n * wide)) & block == block]
    return tuple(dict.fromkeys(found))
