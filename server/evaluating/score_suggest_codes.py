"""How good the proposed codes are: the first, the first five, the category, what is left open.

``expect``: ``code`` is what a coder would choose for the one diagnosis (``also``: others that are
as right), ``codes`` several that must each be the first of some diagnosis, ``category`` the first
three characters, ``missing`` what the first code must be said to leave open, ``silent`` how no
proposed code may begin ("": none at all), ``told`` a status that some diagnosis must carry.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from nodes.suggest_codes import SuggestCodesResponse
from server.evaluating.point import Kind, Point


def score(expect: Any, response: SuggestCodesResponse) -> Iterator[Point]:
    """Score one answer."""
    ranked = [tuple(one.code for one in words.candidates) for words in response.found]
    proposed = [codes for codes in ranked if codes]
    if "code" in expect:
        yield from _ranked({expect["code"], *expect.get("also", ())}, proposed)
    for code in expect.get("codes", ()):
        yield _point("found in a note", any(codes[0] == code for codes in proposed), code)
    if "category" in expect:
        right = any(codes[0][:3] == expect["category"] for codes in proposed)
        yield _point("category@1", right, expect["category"])
    open_ = {
        gap.what for words in response.found for one in words.candidates[:1] for gap in one.gaps
    }
    for axis in expect.get("missing", ()):
        yield _point("missing said", axis in open_, axis)
    for start in expect.get("silent", ()):
        wrong = [code for codes in proposed for code in codes if code.startswith(start)]
        kind: Kind = "false_alarm" if wrong else "silence"
        yield Point("nothing proposed", kind, ", ".join(wrong[:3]))
    if "told" in expect:
        told = any(words.status == expect["told"] for words in response.found)
        yield _point("status said", told, expect["told"])


def _ranked(right: set[str], proposed: Sequence[Sequence[str]]) -> Iterator[Point]:
    """A right code as the first, and among the first five, of some diagnosis."""
    said = ", ".join(sorted(right))
    kinds = {code[:3] for code in right}
    yield _point("exact@1", any(codes[0] in right for codes in proposed), said)
    yield _point("exact@5", any(not right.isdisjoint(codes[:5]) for codes in proposed), said)
    yield _point("category@1", any(codes[0][:3] in kinds for codes in proposed), said)


def _point(metric: str, right: bool, detail: str) -> Point:
    kind: Kind = "hit" if right else "miss"
    return Point(metric, kind, detail)
