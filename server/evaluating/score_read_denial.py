"""How well a denial is read: outcome, reasons, words, ways and last days, places, the call.

``expect``: ``outcome``; ``causes``, the categories, all and no others; ``quote`` and ``criterion``,
words that stand in the first cause's; ``code``; ``steps``, the open ways with their last days, all
and no others (none: no day can be worked out), or ``due``, the last days of some; ``appeal_fax``
and its like (purpose and part); ``references``, among others; ``call``; ``warns``, beginnings of
warnings; ``requested``, words of what is asked for, and ``answer_by``.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from nodes.notice import Notice, WhereTo
from nodes.read_denial import ReadDenialResponse
from server.evaluating.point import Kind, Point

PURPOSES = {
    "appeal": "appeal",
    "p2p": "peer_to_peer",
    "external": "external_review",
    "questions": "questions",
}
PARTS = {"line": "lines", "fax": "fax", "phone": "phone", "portal": "portal"}


def score(expect: Any, response: ReadDenialResponse) -> Iterator[Point]:
    """Compare a notice with what the case's letter says."""
    notice = response.notice
    yield _same("outcome", expect["outcome"], notice.outcome)
    categories = [cause.category for cause in notice.causes]
    yield from _sets("category", expect.get("causes", ()), categories)
    if expect.get("causes"):
        yield _same("first category", expect["causes"][0], categories[0] if categories else None)
    yield from _words(expect, notice)
    yield from _steps(expect, notice)
    yield from _places(expect, notice)
    if "call" in expect:
        yield _same("call helps", expect["call"], notice.call_helps)
    yield from _found("reference", expect.get("references", ()), notice.references)
    for begins in expect.get("warns", ()):
        said = any(warning.startswith(begins) for warning in response.warnings)
        yield Point("warning", "hit" if said else "miss", begins)
    if "requested" in expect:
        words = [" ".join(said.quote.split()) for said in response.requested]
        yield Point(
            "requested", "hit" if any(expect["requested"] in one for one in words) else "miss"
        )
    if "answer_by" in expect:
        yield _same("answer by", expect["answer_by"], str(response.answer_by))


def _same(metric: str, wanted: Any, got: Any) -> Point:
    return Point(metric, "hit" if wanted == got else "miss", f"{wanted}, not {got}")


def _sets(metric: str, wanted: Iterable[str], got: Iterable[str]) -> Iterator[Point]:
    wanted, got = set(wanted), set(got)
    for one in sorted(wanted | got):
        kind: Kind = "miss" if one not in got else "hit" if one in wanted else "false_alarm"
        yield Point(metric, kind, one)
    if not wanted | got:
        yield Point(metric, "silence")


def _found(metric: str, wanted: Iterable[str], got: Iterable[str]) -> Iterator[Point]:
    for one in wanted:
        yield Point(metric, "hit" if one in got else "miss", one)


def _words(expect: Any, notice: Notice) -> Iterator[Point]:
    first = notice.causes[0] if notice.causes else None
    for name, said in (
        ("quote", first.words if first else None),
        ("criterion", first.criterion if first else None),
    ):
        if name in expect:
            words = " ".join(said.quote.split()) if said else ""
            yield Point(
                name, "hit" if expect[name] in words else "miss", f"{expect[name]}: {words}"
            )
    if "code" in expect:
        yield _same("code", expect["code"], first.code if first else None)


def _steps(expect: Any, notice: Notice) -> Iterator[Point]:
    wanted = expect.get("steps", {}) | expect.get("due", {})
    got = {step.level: str(step.due) if step.due else None for step in notice.steps}
    if "due" not in expect:
        yield from _sets("level", wanted, got)
    for level, due in wanted.items():
        yield Point("deadline", "hit" if level in got and got[level] == due else "miss",
                    f"{level} {due}, not {got.get(level)}")  # fmt: skip


def _places(expect: Any, notice: Notice) -> Iterator[Point]:
    by_purpose = {contact.purpose: contact for contact in reversed(notice.contacts)}
    for name, purpose in PURPOSES.items():
        for part, field in PARTS.items():
            if (key := f"{name}_{part}") in expect:
                value = _part(by_purpose.get(purpose), field)  # type: ignore[call-overload]
                right = expect[key] in value
                yield Point(f"contact {part}", "hit" if right else "miss", f"{key}: {value}")


def _part(contact: WhereTo | None, field: str) -> str:
    value = getattr(contact, field) if contact else None
    return " / ".join(value) if isinstance(value, tuple) else value or ""
