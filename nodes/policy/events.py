"""Questions answered by dated events: visits about something, procedures, what came first."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from nodes.chart import Fact
from nodes.policy.finding import (
    HANDFUL,
    Finding,
    Refused,
    Voice,
    beside,
    day,
    met,
    silent,
    stale,
)
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaf import before
from nodes.policy.leaves import EncounterWithin, EventBefore, ProcedureWithin
from nodes.policy.none_within import none_within
from nodes.policy.refusing import refused, refused_facts, why_not_done

_NOT_SAID = "It does not say that it was done."
ATTENDED = frozenset(
    {None, "finished", "completed", "in-progress", "arrived", "onleave", "triaged"}
)
DONE = frozenset({None, "completed", "final", "amended", "corrected", "appended", "partial"})
NEAR = timedelta(days=3)
_VISIT = re.compile(
    r"\b(?:visit|follow[- ]?up|consult\w*|evaluation|progress|h&p|history and physical|clinic"
    r"|office|annual)\b",
    re.IGNORECASE,
)
_NOT_A_VISIT = re.compile(
    r"\b(?:phone|telephone|portal|message|letter|lab|imaging|radiology|discharge)\b", re.IGNORECASE
)
_NO_CLINICIAN = re.compile(
    r"\b(?:nurse[- ](?:only|visit)|(?:flu|influenza) (?:shot|vaccin\w*)|vaccination|immuni[sz]ation"
    r"|injection only|lab(?:oratory)? (?:visit|draw|only|work)|blood draw|phlebotomy|specimen"
    r"|pharmacy|refill|nail (?:trim\w*|care|debridement)|group (?:class|visit|session|education)"
    r"|class\b(?! (?:i|v|a|b)\b)(?=[^;]*\battend)|no[- ]show|billing|scheduling|paperwork)\b",
    re.IGNORECASE,
)
"""Contacts that are no visit with a clinician, by their own words."""
_ELSEWHERE = re.compile(
    r"\b(?:inpatient|emergency|hospital (?:stay|admission)|fracture|podiatr\w*|dental|dentist"
    r"|optometr\w*)\b",
    re.IGNORECASE,
)
"""Contacts that are about a topic only by their own words, not by a note of those days."""
_REMOTE = re.compile(r"\b(?:tele\w*|video|virtual|phone|remote|e-?visit)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:plan\w*|order\w*|schedul\w*|refer\w*|recommend\w*|will|pending|await\w*|repeat"
    r"|obtain|return after|needs?)\b|^plan\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A day on which the patient was seen about something, and what shows it."""

    on: date
    voices: tuple[Voice, ...]


def visits(question: Question, about: str, codes: str | None, in_person: bool) -> list[Visit]:
    """List visits about a topic, oldest first.

    A recorded visit counts when its own words or codes name the topic or a note of those days
    does; a visit note without a recorded visit counts by itself.
    """
    notes = _topical(question, about)
    names = question.words[about].pattern
    coded = {f.id for f in question.coded(codes, ("encounter",))} if codes else set()
    found = []
    for fact in question.index.by_kind["encounter"]:
        if fact.start is None or fact.status not in ATTENDED:
            continue
        near = []
        if notes and not _ELSEWHERE.search(fact.quote):
            near = _of_visit(notes, fact.start)
        if not (near or fact.id in coded or names.search(fact.quote)):
            continue
        if _NO_CLINICIAN.search(fact.quote) or (in_person and _REMOTE.search(fact.quote)):
            continue
        own = Voice(fact, "for", fact.start)
        said = (Voice(quoted(one), "for", one.written, own=True) for one in near[:1])
        found.append(Visit(fact.start, (own, *said)))
    days = {visit.on for visit in found}
    for one in notes:
        if one.written not in days and _is_visit(one, in_person):
            days.add(one.written)
            found.append(Visit(one.written, (Voice(quoted(one), "for", one.written, own=True),)))
    return sorted(found, key=lambda visit: visit.on)


def _of_visit(notes: list[Mention], on: date) -> list[Mention]:
    """Notes of those days, save those of a contact that is no visit."""
    return [
        one
        for one in notes
        if abs(one.written - on) <= NEAR and not _NO_CLINICIAN.search(one.note.note.title)
    ]


def encounter_within(leaf: EncounterWithin, question: Question) -> Finding:
    """Find a visit about the topic in the window before the order."""
    return beside(_seen_within(leaf, question), _unseen(question, leaf))


def _seen_within(leaf: EncounterWithin, question: Question) -> Finding:
    since = before(question.ordered, leaf.window)
    found = visits(question, leaf.about, leaf.value_set, leaf.in_person)
    label = question.words[leaf.about].label
    fresh = [visit for visit in found if since <= visit.on <= question.ordered]
    if fresh:
        return met(f"Seen on {day(fresh[-1].on)} about {label}.", fresh[-1].voices)
    old = [visit for visit in found if visit.on < since]
    if old:
        return stale(
            f"The last visit about {label} was on {day(old[-1].on)}, before {day(since)}.",
            old[-1].voices,
        )
    return silent(leaf, f"No visit about {label} between {day(since)} and the order is recorded.")


def procedure_within(leaf: ProcedureWithin, question: Question) -> Finding:
    """Find a procedure or test done in the window before the order, or up to now."""
    return beside(_done_within(leaf, question), undone(question, leaf.value_set, leaf.concept))


def _done_within(leaf: ProcedureWithin, question: Question) -> Finding:
    since = before(question.ordered, leaf.window) if leaf.window else date.min
    found = tests(question, leaf.value_set, leaf.concept)
    fresh = [voice for voice in found if voice.on is not None and voice.on >= since]
    if fresh:
        newest = [one for one in fresh if not one.own] or fresh
        return met(f"Done on {day(newest[-1].on)}.", fresh)
    if leaf.when_absent == "not_met" and leaf.window:
        return none_within(leaf, question, since, found)
    if found:
        return stale(f"Last done on {day(found[-1].on)}, before {day(since)}.", found[-1:])
    return silent(leaf, "Nothing recorded shows that it was done.")


def event_before(leaf: EventBefore, question: Question) -> Finding:
    """Compare the day of the visit with the day of the latest test."""
    no = [*undone(question, leaf.value_set, leaf.concept), *_unseen(question, leaf)]
    return beside(_seen_before(leaf, question), no)


def _seen_before(leaf: EventBefore, question: Question) -> Finding:
    done = [voice for voice in tests(question, leaf.value_set, leaf.concept) if voice.on]
    structured = [voice for voice in done if not voice.own] or done
    seen = visits(question, leaf.about, leaf.about_codes, leaf.in_person)
    if not structured:
        return silent(leaf, "No test is recorded that a visit could come before.")
    test = structured[-1]
    on = test.on or date.min
    first = [visit for visit in seen if visit.on < on]
    if first:
        return met(
            f"Seen on {day(first[-1].on)}, before the test of {day(on)}.",
            [*first[-1].voices, test],
        )
    return silent(leaf, f"No visit before the test of {day(on)} is recorded.")


def tests(question: Question, value_set: str, concept: str | None) -> list[Voice]:
    """List what was done, oldest first: recorded, and as notes of the past tense say."""
    facts: list[Fact] = question.coded(value_set, ("procedure", "report"))
    found = [Voice(f, "for", f.end or f.start) for f in facts if f.status in DONE]
    for one in question.index.mentions(concept) if concept else ():
        if _carried_out(one):
            found.append(Voice(quoted(one), "for", one.written, own=True))
    return sorted(found, key=lambda voice: (voice.on or date.min, voice.fact.id))


def undone(question: Question, value_set: str, concept: str | None) -> list[Refused]:
    """List what was not done or may not have been: by its status, or as notes word it."""
    facts = question.coded(value_set, ("procedure", "report", "order"))
    no = [
        (fact, "It is an order: it does not show that it was done.")
        if fact.kind == "order"
        else (fact, f"Its status is {fact.status}.")
        for fact in facts
        if fact.kind == "order" or fact.status not in DONE
    ]
    mentions = question.index.mentions(concept) if concept else ()
    said = [(one, why_not_done(one) or _NOT_SAID) for one in mentions if not _carried_out(one)]
    return [*refused_facts(no[-HANDFUL:]), *(refused(said) if said else ())]


def _unseen(question: Question, leaf: EncounterWithin | EventBefore) -> list[Refused]:
    """List visits about the topic that were not attended, or not in person where that is asked."""
    names = question.words[leaf.about].pattern
    no = []
    for fact in question.index.by_kind["encounter"]:
        attended = fact.status in ATTENDED
        if attended and not (leaf.in_person and _REMOTE.search(fact.quote)):
            continue
        if names.search(fact.quote):
            why = "It was not in person." if attended else f"Its status is {fact.status}."
            no.append((fact, why))
    return refused_facts(no[-HANDFUL:])


def _topical(question: Question, about: str) -> list[Mention]:
    """Mentions that show the visit was about the patient's topic, denied or not."""
    seen: dict[str, Mention] = {}
    for one in question.index.mentions(about):
        if not one.meaning.family and not one.sentence.text.isupper():
            seen.setdefault(one.note.note.id, one)
    return sorted(seen.values(), key=lambda one: (one.written, one.start))


def _is_visit(mention: Mention, in_person: bool) -> bool:
    head = f"{mention.note.note.title} {mention.note.note.text[:160]}"
    if _NO_CLINICIAN.search(mention.note.note.title):
        return False
    if in_person and _REMOTE.search(head):
        return False
    return bool(_VISIT.search(head)) and not _NOT_A_VISIT.search(mention.note.note.title)


def _carried_out(mention: Mention) -> bool:
    how, sentence = mention.meaning, mention.sentence
    told = how.polarity == "affirmed" and not (mention.negated or how.family or how.hypothetical)
    planned = _FUTURE.search(sentence.text) or sentence.heading.startswith("plan")
    return told and not how.past and not planned
