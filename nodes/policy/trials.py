"""Trials of treatment as notes tell them: carried out, only planned, or declined."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nodes.policy.carried_out import State, state_of, supposed, words
from nodes.policy.durations import Length, Stretch, lengths, started_ago, stretch
from nodes.policy.finding import Speaks, Voice
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.outcomes import Outcome
from nodes.policy.regions import BACK, elsewhere
from nodes.policy.sentences import ReadNote
from nodes.policy.sides import other_side
from nodes.policy.wording import Words

_CHANGED = words(r"initial(?:ly)?|at first|first|but now|temporarily")
_RELATIVE = words(
    r"(?:her|his|their|my|patient['\u2019]s) (?:\w+ )?(?:mother|father|sister|brother|wife|husband"
    r"|spouse|son|daughter|friend|coworker|neighbou?r)"
)
_THEN = words(r"then|followed by|subsequently|after which")
_ENDED = words(r"completed|finished|stopped|ended|discharged|discontinued|concluded|quit|only")
_TITLE = 4
_PAST_HEADINGS = ("past", "pmh", "previous", "surgical history", "psh")


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence about a treatment: whether it was done, from when to when, what came of it."""

    modality: str
    state: State
    past: bool
    written: date
    first: date | None
    last: date | None
    days: int | None
    ended: bool
    outcome: Outcome | None
    mention: Mention

    def voice(self, speaks: Speaks) -> Voice:
        """Quote the sentence."""
        return Voice(quoted(self.mention), speaks, self.written, own=True)


def trials(question: Question, concepts: Iterable[str], not_for: str | None) -> Iterator[Trial]:
    """Read every sentence about the treatments; relatives' and other complaints' are left out."""
    other, side = question.words[not_for] if not_for else None, question.index.side
    for concept in concepts:
        seen: set[tuple[str, str]] = set()
        for mention in question.index.mentions(concept):
            key = (mention.note.note.id, mention.sentence.text)
            text = mention.sentence.text
            if mention.meaning.family or _RELATIVE.search(text):
                continue
            if other and (_of_another(other, mention) or _on_the_other_side(other, mention, side)):
                continue
            if key not in seen:
                seen.add(key)
                yield _trial(concept, mention)


def _on_the_other_side(other: Words, mention: Mention, side: str | None) -> bool:
    return other.sided and other_side(mention.note, mention.start, mention.end, side)


def _of_another(other: Words, mention: Mention) -> bool:
    """Whether the sentence, or the title it stands under, is about another complaint."""
    sentence = mention.sentence
    ahead = mention.note.sentences[mention.place - 1].text if mention.place else ""
    title = f"{sentence.heading} {ahead if ahead.count(' ') < _TITLE else ''}"
    back = other.denied_by or BACK
    under = bool(other.pattern.search(f"for {sentence.heading}") or elsewhere(title))
    return elsewhere(sentence.text, other.pattern, back) or (
        under and not back.search(f"{title} {sentence.text}")
    )


def _trial(concept: str, mention: Mention) -> Trial:
    sentence, note = mention.sentence, mention.note
    state = state_of(mention)
    when = stretch(sentence.text, mention.written)
    first = when.first or started_ago(sentence.text, mention.written)
    days = _length(note, mention.place)
    if state == "done" and first and not when.last and days is None:
        when = Stretch(first, None if _old(mention) else mention.written)
    if state == "mentioned" and when.first and when.last and when.last <= mention.written:
        state = "done"
    return Trial(
        modality=concept,
        state=state,
        past=_old(mention) or _before_year(when, mention.written),
        written=mention.written,
        first=first,
        last=when.last,
        days=days,
        ended=bool(_ENDED.search(sentence.text)),
        outcome=_outcome(mention),
        mention=mention,
    )


def _old(mention: Mention) -> bool:
    return mention.meaning.past or mention.sentence.heading.startswith(_PAST_HEADINGS)


def _before_year(when: Stretch, written: date) -> bool:
    end = when.last or when.first
    return end is not None and (written - end).days > 365


def _length(note: ReadNote, place: int) -> int | None:
    """Days of treatment said in the sentence, or in the next one when that says what came of it.

    Parts joined by "then" add up; others run side by side and the longest counts.
    """
    text = note.sentences[place].text
    found = lengths(text)
    if not found and place + 1 < len(note.sentences):
        follow = note.sentences[place + 1]
        if follow.outcomes:
            text = follow.text
            found = [one for one in lengths(text) if _leads(text, one)]
    if not found:
        return None
    return sum(one.days for one in found) if _THEN.search(text) else max(one.days for one in found)


def _leads(text: str, length: Length) -> bool:
    return bool(
        re.search(r"\b(?:after|over|despite|for|in) (?:\w+ ){0,2}$", text[: length.start], re.I)
    )


def _outcome(mention: Mention) -> Outcome | None:
    """What came of it: in the same clause, else the sentence, else the next two."""
    sentence, note = mention.sentence, mention.note
    here = [one for one in sentence.outcomes if not supposed(sentence.text, one.start)]
    if here:
        start, end = mention.start - sentence.start, mention.end - sentence.start
        low, high = _clause(sentence.text, start, end)
        near = [one for one in here if low <= one.start < high]
        return (here if _CHANGED.search(sentence.text) or not near else near)[-1].outcome
    for follow in note.sentences[mention.place + 1 : mention.place + 3]:
        if follow.heading != sentence.heading:
            break
        found = [one for one in follow.outcomes if not supposed(follow.text, one.start)]
        if found:
            return found[-1].outcome
    return None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    cuts = [match.end() for match in re.finditer(r";|\bbut\b|\bhowever\b|\bwhile\b", text)]
    low = max((cut for cut in cuts if cut <= start), default=0)
    high = min((cut for cut in cuts if cut > end), default=len(text))
    return low, high
