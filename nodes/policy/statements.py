"""Questions answered by codes and by what notes state: conditions, signs and drugs in use."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from nodes.chart import Fact
from nodes.policy.begun import begun_by
from nodes.policy.finding import (
    Finding,
    Speaks,
    Voice,
    against,
    beside,
    conflicting,
    day,
    gone,
    met,
    silent,
)
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaf import LeafBase, before
from nodes.policy.leaves import Attested, CodePresent
from nodes.policy.leaves_care import MedActive
from nodes.policy.refusing import overlooked, refused_facts
from nodes.policy.results import with_results
from nodes.policy.sequela import is_sequela
from nodes.policy.taking import DRUG_VOID, OVER, any_of, in_use, not_denied, taken_back
from nodes.policy.when import long_past

_WITHDRAWN = "The record itself takes it back: refuted, cancelled or entered in error."


def code_present(leaf: CodePresent, question: Question) -> Finding:
    """Find a coded fact that is current, or a statement of the concept."""
    coded: list[Voice] = []
    past: list[Voice] = []
    unsure: list[tuple[Fact, str]] = []
    for fact in question.coded(leaf.value_set, leaf.kinds):
        status = fact.status or ""
        if "(" in status:
            unsure.append((fact, f"It is recorded as {status}, not as certain."))
            continue
        over = status in OVER or (fact.end is not None and fact.end < question.ordered)
        over = over or is_sequela(fact) or (leaf.begun and _began_before(leaf, fact, question))
        (past if over and not leaf.ever else coded).append(Voice(fact, "for", fact.start))
    unsure += [(one, _WITHDRAWN) for one in question.withdrawn(leaf.value_set, leaf.kinds)]
    if leaf.onset_at_most is not None:
        return begun_by(leaf.onset_at_most, leaf, question, [*coded, *past])
    if leaf.concept is None:
        return beside(_coded(leaf, coded, past), refused_facts(unsure))
    return _weigh(leaf, leaf.concept, question, coded, past, unsure)


def _began_before(leaf: CodePresent, fact: Fact, question: Question) -> bool:
    if leaf.window is None or fact.start is None:
        return False
    return fact.start < before(question.ordered, leaf.window)


def attested(leaf: Attested, question: Question) -> Finding:
    """Find statements of the concept in the notes, and in results that are told in words."""
    told = _weigh(leaf, leaf.concept, question, [], [])
    return with_results(leaf, question, told) if leaf.value_set else told


def med_active(leaf: MedActive, question: Question) -> Finding:
    """Find a drug that is active on the day of the order, by code, by name or by a statement."""
    names = question.words[leaf.concept].pattern
    by_code = {fact.id: fact for fact in question.coded(leaf.value_set, ("medication",))}
    by_name = {
        fact.id: fact
        for fact in question.index.by_kind["medication"]
        if any(names.search(coding.display or "") for coding in fact.codes)
        or names.search(fact.quote.partition(";")[0].partition(",")[0])
    }
    current: list[Voice] = []
    past: list[Voice] = []
    unsure: list[tuple[Fact, str]] = []
    for fact in (by_code | by_name).values():
        over = _over(fact, question.ordered)
        if over is None or (fact.start and fact.start > question.ordered):
            later = fact.start and fact.start > question.ordered
            why = "It begins after the order." if later else "It does not show use on that day."
            unsure.append((fact, why))
            continue
        (past if over else current).append(Voice(fact, "for", fact.start))
    return _weigh(leaf, leaf.concept, question, current, past, unsure)


def _over(fact: Fact, on: date) -> bool | None:
    """Whether a drug is no longer taken on a day; None where the record does not tell.

    A supply that was handed over lasts as many days as it was for; that it was handed over, or a
    dose given, completely says nothing of the days after.
    """
    status = fact.status or "active"
    if status in DRUG_VOID or "(" in status:
        return None
    if fact.course and fact.course.event in ("dispensed", "administered"):
        days = fact.course.days_supply
        return fact.start + timedelta(days=days) < on if fact.start and days else None
    return status in OVER or (fact.end is not None and fact.end < on)


def _coded(leaf: LeafBase, coded: list[Voice], past: list[Voice]) -> Finding:
    if coded:
        return met(f"Recorded: {coded[-1].fact.quote[:200]}.", coded)
    if past:
        return gone(leaf, "Recorded only as past or resolved.", past)
    return silent(leaf, "Nothing in the record that was searched shows it.")


def _weigh(
    leaf: CodePresent | Attested | MedActive,
    concept: str,
    question: Question,
    coded: list[Voice],
    past: list[Voice],
    unsure: Sequence[tuple[Fact, str]] = (),
) -> Finding:
    """Weigh coded facts and statements, and say beside the answer what did not count."""
    window = getattr(leaf, "window", None)
    since = before(question.ordered, window) if window else date.min
    answer = _weighed(leaf, concept, question, coded, past, since)
    ever, objective = getattr(leaf, "ever", False), getattr(leaf, "objective", False)
    mentions = question.index.mentions(concept)
    if not mentions and not unsure:
        return answer
    no = overlooked(mentions, since, ever=ever, objective=objective)
    return beside(answer, [*no, *refused_facts(unsure)])


def _weighed(
    leaf: CodePresent | Attested | MedActive,
    concept: str,
    question: Question,
    coded: list[Voice],
    past: list[Voice],
    since: date,
) -> Finding:
    """The later word counts; both at once is a conflict."""
    said, denied, old = _statements(leaf, concept, question, since)
    ended: list[Mention] = []
    if isinstance(leaf, MedActive):
        said += [one for one in denied if not_denied(one)]
        denied = [one for one in denied if not not_denied(one)]
        said, ended, old = in_use(said, old)
    label = question.words[concept].label
    kept = [one for one in said if not _overruled(one, denied)]
    disputed = [one for one in kept if _disputed(one, denied) or any_of(one, ended)]
    counter = [one for one in denied if not question.words[concept].composite or _whole(one)]
    coded_disputed = [v for v in coded if _after(counter, v.on) is not None or taken_back(v, ended)]
    voices = [*coded, *(_voice(one, "for") for one in kept)]
    if len(disputed) + len(coded_disputed) < len(kept) + len(coded):
        newest = max((v.on or date.min for v in voices), default=date.min)
        return met(f"Shows {label}, last on {day(newest)}.", voices)
    against_ = [_voice(one, "against") for one in (*denied, *ended)]
    if kept or coded:
        return conflicting(
            f"The record says both that there is {label} and that there is not.",
            [*voices, *against_],
        )
    if denied:
        newest = max(v.on or date.min for v in against_)
        return against(f"The note of {day(newest)} denies {label}.", against_)
    if past or old:
        before_ = [*past, *(_voice(one, "stale") for one in old)]
        return gone(leaf, f"What shows {label} is past, resolved or too long ago.", before_)
    return silent(leaf, f"Nothing in the record that was searched shows {label}.")


def _statements(
    leaf: LeafBase, concept: str, question: Question, since: date
) -> tuple[list[Mention], list[Mention], list[Mention]]:
    """Sort a concept's mentions: said, denied, and past or too old to count."""
    ever, objective = getattr(leaf, "ever", False), getattr(leaf, "objective", False)
    begun = getattr(leaf, "begun", False)
    said: list[Mention] = []
    denied: list[Mention] = []
    old: list[Mention] = []
    seen: set[tuple[str, str, bool, bool]] = set()
    for one in question.index.mentions(concept):
        how = one.meaning
        if how.family or how.hypothetical or how.polarity == "uncertain":
            continue
        if objective and how.reported:
            continue
        key = (one.note.note.id, _phrase(one), one.negated, how.past)
        if key in seen:
            continue
        seen.add(key)
        if one.negated:
            if one.written >= since and not (how.past and not ever):
                denied.append(one)
        elif (how.past and not ever) or one.written < since or (begun and long_past(one, since)):
            old.append(one)
        else:
            said.append(one)
    return said, denied, old


def _same(one: Mention, other: Mention) -> bool:
    mine, theirs = _phrase(one), _phrase(other)
    return mine in theirs or theirs in mine or _whole(other)


def _phrase(mention: Mention) -> str:
    text = mention.note.note.text[mention.start : mention.end]
    return " ".join(text.lower().split())


def _whole(mention: Mention) -> bool:
    """Whether the words deny the whole concept at once, as in "no red flags"."""
    return mention.negated and mention.meaning.polarity != "negated"


def _overruled(said: Mention, denied: Iterable[Mention]) -> bool:
    return any(_same(said, one) and one.written > said.written for one in denied)


def _disputed(said: Mention, denied: Iterable[Mention]) -> bool:
    return any(_same(said, one) and one.written == said.written for one in denied)


def _after(denied: Iterable[Mention], start: date | None) -> Mention | None:
    return next((one for one in denied if start is None or one.written >= start), None)


def _voice(mention: Mention, speaks: Speaks) -> Voice:
    return Voice(quoted(mention), speaks, mention.written, own=True)
