"""One thing an evaluation case expected or did not, and whether the node said it."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from nodes.node import Response

Kind = Literal["hit", "miss", "false_alarm", "silence"]


class Point(NamedTuple):
    """A judgement: ``hit`` said and right, ``miss`` not said, ``false_alarm`` said and wrong.

    ``silence`` is rightly not said. Of each metric recall is hits of hits and misses, precision
    hits of hits and false alarms, accuracy hits and silences of all. ``detail`` is for people.
    """

    metric: str
    kind: Kind
    detail: str = ""


# Compares what a case expects, as its file says it, with a node's answer.
Score = Callable[[Any, Response], Iterable[Point]]
