"""That nothing of a kind was done in a window: what shows it, and what leaves it open."""

from collections.abc import Iterator
from datetime import date

from nodes.chart import FactKind
from nodes.policy.finding import Finding, Voice, against, day
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaves import ProcedureWithin
from nodes.policy.refusing import why_not_done
from nodes.policy.when import spans

_OTHER: tuple[FactKind, ...] = ("condition", "encounter", "device", "observation", "document")


def none_within(
    leaf: ProcedureWithin, question: Question, since: date, found: list[Voice]
) -> Finding:
    """Nothing found is proof only when the window was searched and nothing else speaks of one.

    A fact of another kind, or a sentence, that places one in the window leaves it open; so does
    one without a date, unless the record dates one before the window.
    """
    if not question.index.searched(since):
        return Finding(
            "unknown",
            f"None was found, but the record was not searched fully back to {day(since)}.",
            gap="absent",
        )
    inside, undated, dated = _sorted(leaf, question, since, found)
    if inside:
        reason = f"Something tells of one since {day(since)}, but not that it was done then."
        return Finding("unknown", reason, tuple(inside), gap="absent")
    told_only = all(one.own for one in undated) and dated
    if undated and not told_only:
        return Finding("unknown", "One is recorded without its date.", tuple(undated), gap="absent")
    if dated:
        newest = max(dated, key=lambda one: one.on or date.min)
        reason = f"The last one was on {day(newest.on)}, before {day(since)}."
        return Finding("not_met", reason, (newest,))
    return against(f"The record, searched back to {day(since)}, shows none.", ())


def _sorted(
    leaf: ProcedureWithin, question: Question, since: date, found: list[Voice]
) -> tuple[list[Voice], list[Voice], list[Voice]]:
    """What lies in the window, what has no date, and what was before."""
    inside: list[Voice] = []
    undated = [one for one in found if one.on is None]
    dated = [Voice(one.fact, "stale", one.on, one.own) for one in found if one.on]
    for voice in _hints(leaf, question):
        if voice.on is None:
            undated.append(voice)
        elif voice.on >= since:
            inside.append(voice)
        else:
            dated.append(Voice(voice.fact, "stale", voice.on))
    return inside, undated, dated


def _hints(leaf: ProcedureWithin, question: Question) -> Iterator[Voice]:
    """Facts of other kinds with such a code, and sentences that tell of one."""
    for fact in question.coded(leaf.value_set, _OTHER):
        if "(" not in (fact.status or ""):
            yield Voice(fact, "for", fact.start or fact.end)
    for one in question.index.mentions(leaf.told) if leaf.told else ():
        if not why_not_done(one):
            yield Voice(quoted(one), "for", _last(one), own=True)


def _last(mention: Mention) -> date | None:
    times = spans(mention.sentence.text, mention.written)
    return max((last for _, last in times), default=None)
