"""Relatives with a condition, as family histories record and notes tell them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nodes.chart import Fact, FactKind
from nodes.policy.finding import Refused, Voice
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.kin import Kin, relation, relatives
from nodes.policy.leaves_people import FamilyHistory
from nodes.policy.onset import Onset, ages
from nodes.policy.refusing import refused
from nodes.policy.wording import Words

_NO = re.compile(r"\b(?:no|not|without|negative for|denie[sd]|free of)\b[^.;,]{0,60}$", re.I)
_FAMILY_CODE = re.compile(r"^Z8[0-4]", re.IGNORECASE)
_UNKNOWN = re.compile(r"\b(?:unknown|adopted)\b", re.IGNORECASE)
_LIST = re.compile(
    r"^(?:[\s,/&]|\band\b|\bboth\b|\bor\b|\bas well as\b|\bher\b|\bhis\b|\ba\b|\([^)]{0,20}\))*$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"^[^.;]{0,45}?(?:\bin\b|:|\(|\baffecting\b)\s*(?:(?:her|his|their|the|a|an|both|one|two"
    r"|three|maternal|paternal|pt['\u2019]s|patient['\u2019]s)\s+)*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[;.]|\b(?:patient|pt|she has|he has|healthy|alive and well)\b", re.I)
_STOP = re.compile(r";|\.(?=\s|$)")
_CLOSED = re.compile(r"\)\s*(?:[;.,]|and\b|$)")
_FAMILY = re.compile(r"\b(?:famil(?:y|ial)|relatives?|pedigree|kindred)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:first|1st|second|maternal|paternal|immediate)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:diagnos|dx)", re.IGNORECASE)
_DYING = re.compile(
    r"\b(?:died|deceased|passed(?: away)?)\b(?: at \d+)?(?: of| from| with| due to)?\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Ill:
    """A relative with the condition; ``kin`` none: which one is not said."""

    kin: Kin | None
    count: int
    onset: Onset | None
    voice: Voice

    @property
    def name(self) -> str:
        """Which relative, in words."""
        return self.kin.name if self.kin else "a relative"


def from_facts(leaf: FamilyHistory, question: Question) -> tuple[list[Ill], list[Voice]]:
    """Read recorded family histories, and Z codes, which name no relative."""
    words = question.words[leaf.concept]
    kinds: tuple[FactKind, ...] = ("family_history", "condition")
    coded = question.coded(leaf.value_set, kinds) if leaf.value_set else []
    found = [one for fact in coded if fact.kind == "condition" for one in _by_code(fact)]
    named = {fact.id for fact in coded}
    denied: list[Voice] = []
    for fact in question.index.by_kind["family_history"]:
        conditions, yes = _recorded(words, fact, fact.id in named)
        found += conditions
        if not conditions and not yes:
            denied.append(Voice(fact, "against", fact.start))
    return found, denied


def _by_code(fact: Fact) -> Iterator[Ill]:
    if any(_FAMILY_CODE.match(coding.code) for coding in fact.codes):
        yield Ill(None, 1, None, Voice(fact, "for", fact.start))


def _recorded(words: Words, fact: Fact, coded: bool) -> tuple[list[Ill], bool]:
    """Read one relative's conditions; false when it says that nobody has the condition."""
    who, _, rest = fact.quote.partition(":")
    kin = relation(who.partition("(")[0])
    match = words.pattern.search(rest)
    if match and _NO.search(rest[: match.start()]):
        return [], kin is not None
    if match is None and not coded:
        denied = words.pattern.search(who)
        return [], not (denied and kin is None and _NO.search(who[: denied.start()]))
    tail = rest[match.end() :] if match else rest
    told = ages(tail.partition(")")[0] if tail.lstrip().startswith("(") else _own(tail))
    return [Ill(kin, 1, told[0] if told else None, Voice(fact, "for", fact.start))], True


def _own(tail: str) -> str:
    return re.split(r"[,;](?!\s*(?:dx|diagnosed|age|onset|at)\b)", tail, maxsplit=1)[0]


def from_notes(
    leaf: FamilyHistory, question: Question
) -> tuple[list[list[Ill]], list[Voice], list[Refused]]:
    """Read what notes tell, sentence by sentence: who is ill, that nobody is, and what is refused.

    A condition that is said of nobody in the family is the patient's own and left out.
    """
    found: dict[tuple[str, int], list[Ill]] = {}
    denied: list[Voice] = []
    no: list[tuple[Mention, str]] = []
    for one in question.index.mentions(leaf.concept):
        kins = _kins(one)
        if not kins and not (one.meaning.family or _FAMILY.search(one.sentence.text)):
            continue
        said = one.sentence.text
        voice = Voice(quoted(one), "for", one.written, own=True)
        if one.negated:
            if not kins and (leaf.relatives == "first_degree" or not _SOME.search(said)):
                denied.append(Voice(voice.fact, "against", one.written, own=True))
            else:
                no.append((one, "The note denies it of this relative, not of all."))
        elif one.meaning.hypothetical or one.meaning.polarity == "uncertain":
            no.append((one, "The note only supposes it or is not sure of it."))
        else:
            found.setdefault((one.note.note.id, one.place), []).extend(_told(one, kins, voice))
    return list(found.values()), denied, refused(no)


def _kins(mention: Mention) -> list[Kin]:
    """Find whose condition it is: who is named right after it, else the last ones before."""
    text = mention.sentence.text
    start, end = mention.start - mention.sentence.start, mention.end - mention.sentence.start
    named = list(relatives(text))
    after = [kin for kin in named if kin.start >= end]
    if after and _FOLLOWS.match(text[end : after[0].start]):
        stop = _CLOSED if "(" in text[end : after[0].start] else _STOP
        edge = stop.search(text, end)
        return [kin for kin in after if not edge or kin.start < edge.start()]
    before = [kin for kin in named if kin.end <= start]
    if before and not _BETWEEN.search(text[before[-1].end : start]):
        return _listed(text, before)
    if not named and mention.meaning.family and mention.place:
        return _ahead(mention)
    return []


def _listed(text: str, before: list[Kin]) -> list[Kin]:
    """The last relative named, and those joined to it by commas and "and"."""
    group = [before[-1]]
    for kin in reversed(before[:-1]):
        if not _LIST.match(text[kin.end : group[0].start]):
            break
        group.insert(0, kin)
    return group


def _ahead(mention: Mention) -> list[Kin]:
    """Under a heading of the family, the relative of the sentence before, on the same line."""
    ahead = mention.note.sentences[mention.place - 1]
    between = mention.note.note.text[ahead.start : mention.sentence.start]
    if ahead.heading != mention.sentence.heading or "\n" in between:
        return []
    return list(relatives(ahead.text))[-1:]


def _told(mention: Mention, kins: list[Kin], voice: Voice) -> list[Ill]:
    if not kins:
        return [Ill(None, 1, None, voice)]
    text, end = mention.sentence.text, mention.end - mention.sentence.start
    if kins[0].start >= end:
        edges = [*(kin.start for kin in kins[1:]), len(text)]
        parts = [text[kin.end : edge] for kin, edge in zip(kins, edges, strict=True)]
        return [
            ill
            for kin, part in zip(kins, parts, strict=True)
            for ill in _each(kin, ages(part), voice)
        ]
    told = ages(_beside(mention))
    if not told:
        start = mention.start - mention.sentence.start
        ahead = text[kins[-1].end : start]
        told = ages(ahead) if _ASKED.search(ahead) else []
    if len(kins) > 1:
        return _shared(kins, told, voice)
    return _each(kins[0], told, voice)


def _beside(mention: Mention) -> str:
    """What stands after the condition, up to the next relative or the end of its part."""
    text, end = mention.sentence.text, mention.end - mention.sentence.start
    start = mention.start - mention.sentence.start
    stop = _STOP.search(text, end)
    edges = [stop.start()] if stop else [len(text)]
    edges += [kin.start for kin in relatives(text) if kin.start >= end]
    tail = text[end : min(edges)]
    return f"died{tail}" if _DYING.search(text[max(0, start - 40) : start]) else tail


def _shared(kins: list[Kin], told: list[Onset], voice: Voice) -> list[Ill]:
    """Several relatives at once: as many ages belong to them in order; one age to nobody sure."""
    if len(told) != len(kins):
        return [Ill(kin, kin.count, None, voice) for kin in kins]
    return [Ill(kin, kin.count, age, voice) for kin, age in zip(kins, told, strict=True)]


def _each(kin: Kin, told: list[Onset], voice: Voice) -> list[Ill]:
    if kin.count == 1 or len(told) < kin.count:
        onset = told[0] if told and kin.count == 1 else None
        return [Ill(kin, kin.count, onset, voice)]
    return [Ill(kin, 1, age, voice) for age in told[: kin.count]]


def unknown_family(question: Question) -> Voice | None:
    """Find that the family history is unknown, or that the patient is adopted."""
    for fact in question.index.by_kind["family_history"]:
        if _UNKNOWN.search(fact.quote):
            return Voice(fact, "for", fact.start)
    for one in question.index.mentions("figure.unknown_family"):
        if one.meaning.polarity == "affirmed" and not one.meaning.hypothetical:
            return Voice(quoted(one), "for", one.written, own=True)
    return None
