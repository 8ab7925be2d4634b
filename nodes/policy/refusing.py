"""Why a mention in a note does not count, in words for a nurse."""

import re
from collections.abc import Iterable
from datetime import date

from nodes.chart import Fact
from nodes.policy.finding import HANDFUL, Refused
from nodes.policy.index import Mention, quoted

TO_COME = re.compile(
    r"\b(?:plan\w*|order\w*|schedul\w*|refer\w*|recommend\w*|will|pending|await\w*|repeat"
    r"|obtain|return after|needs?|consider\w*|request\w*)\b|^plan\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:seen (?:by|in|with|at)|evaluated by|followed by|consulted|consultation (?:with|by|on|of)"
    r"|met with|saw|completed|performed|attended|underwent|was done|came back|showed|per (?:the )?"
    r"(?:dr|rheum|cardio|neuro|onc|gastro|derm|pulm|endo|genetic))",
    re.IGNORECASE,
)


def why_refused(one: Mention, *, ever: bool = False, objective: bool = False) -> str | None:
    """Say why a statement is not one that it is so, or none; denied is a reason too."""
    how = one.meaning
    if how.family:
        return "It is said of another person, not of the patient."
    if one.negated:
        return "The note denies it."
    if how.hypothetical:
        return "It is only supposed, advised or asked for, not said to be so."
    if how.polarity == "uncertain":
        return "The note is not sure of it."
    if how.past and not ever:
        return "It is past or resolved."
    if objective and how.reported:
        return "It is only reported, not found on examination."
    return None


def why_not_done(one: Mention) -> str | None:
    """Say why a sentence does not show that something was done, or none."""
    why = why_refused(one, ever=True)
    if why:
        return why
    sentence = one.sentence
    planned = TO_COME.search(sentence.text) or sentence.heading.startswith("plan")
    if planned and not _HAPPENED.search(sentence.text):
        return "It is only planned, ordered or recommended."
    return None


def overlooked(
    mentions: Iterable[Mention], since: date, *, ever: bool = False, objective: bool = False
) -> list[Refused]:
    """List the statements that do not count, newest first: why each is refused, or too old."""
    pairs = []
    for one in mentions:
        why = why_refused(one, ever=ever, objective=objective)
        if why is None and one.written < since:
            why = f"It is older than {since.isoformat()}."
        if why:
            pairs.append((one, why))
    return refused(pairs)


def refused(pairs: Iterable[tuple[Mention, str]]) -> list[Refused]:
    """Quote the newest refused mentions, each sentence once."""
    seen: dict[tuple[str, int], tuple[Mention, str]] = {}
    for one, why in sorted(pairs, key=lambda pair: (pair[0].written, pair[0].start), reverse=True):
        seen.setdefault((one.note.note.id, one.place), (one, why))
        if len(seen) == HANDFUL:
            break
    return [Refused(quoted(one), why, one.written, own=True) for one, why in seen.values()]


def refused_facts(pairs: Iterable[tuple[Fact, str]]) -> list[Refused]:
    """Hand over facts that did not count."""
    return [Refused(fact, why, fact.end or fact.start) for fact, why in pairs]
