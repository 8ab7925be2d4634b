"""What notes tell of a drug: tried or not, how long, how much, what came of it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from nodes.policy import drug_words as said
from nodes.policy.answers import answer, rule
from nodes.policy.dosing import doses
from nodes.policy.drug_names import ingredient, is_class
from nodes.policy.drug_parts import CONTINUES, Part, parts
from nodes.policy.durations import dates_in, lengths, started_ago, stretch
from nodes.policy.finding import Speaks, Voice
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaves_care import Dose
from nodes.policy.outcomes import Outcome

State = Literal[
    "done", "intolerant", "contraindicated", "never", "declined", "planned", "other", "mentioned"
]
_RELATIVE = re.compile(
    r"\b(?:her|his|their|my|patient['\u2019]s|the|a)?\s*(?:\w+ )?(?:mother|father|sister|brother"
    r"|wife|husband|spouse|son|daughter|aunt|uncle|cousin|friend|coworker|neighbou?r)(?:['\u2019]s)?"
    r"\b(?! (?:reports?|states?|says|notes|brought|confirms))[^.;]{0,60}$",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:for|x|over|of|about|approximately)?\s*(?P<n>\d{1,2}|one|two|three|four|five|a)"
    r"[ -]?(?:\+ )?(?:years?|yrs?)\b(?!\s*(?:ago|old|prior|history|of age))",
    re.IGNORECASE,
)
_YEARS_AGO = re.compile(r"\b(?P<n>\d{1,2}) (?:years?|yrs?) ago\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SINCE_YEAR = re.compile(r"\bsince (?:early |late |mid-?)?(?P<year>(?:19|20)\d\d)\b", re.I)
_SEVERAL = re.compile(r"\b(?P<n>two|2|three|3|multiple|several|four|4)\b[^.;]{0,40}$", re.I)
_COUNTS = {"two": 2, "2": 2, "multiple": 2, "several": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1}
_REACH = 110


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence says of one drug; ``days`` and ``dose`` where it says them.

    Two doses, one of them too low, say nothing: which one the days belong to is not clear.
    """

    drug: str
    several: int
    state: State
    outcome: Outcome | None
    days: int | None
    first: date | None
    last: date | None
    ended: bool
    dose: Decimal | None
    mention: Mention

    @property
    def written(self) -> date:
        """The day of the note."""
        return self.mention.written

    def voice(self, speaks: Speaks = "for") -> Voice:
        """Quote the sentence."""
        return Voice(quoted(self.mention), speaks, self.written, own=True)


def told(question: Question, concept: str, dose: Dose | None) -> Iterator[Told]:
    """Read every sentence that names one of the drugs, oldest first."""
    by_sentence: dict[tuple[str, int], list[Mention]] = defaultdict(list)
    for mention in question.index.mentions(concept):
        by_sentence[mention.note.note.id, mention.place].append(mention)
    for mentions in sorted(by_sentence.values(), key=lambda some: (some[0].written, some[0].start)):
        for part in parts(mentions):
            yield _told(part, dose)


def of_another(one: Told) -> bool:
    """Whether it is said of a relative or a friend."""
    return bool(_RELATIVE.search(one.mention.sentence.text[: _offset(one.mention)]))


def _offset(mention: Mention) -> int:
    return mention.start - mention.sentence.start


def _told(part: Part, dose: Dose | None) -> Told:
    mention = part.mention
    text = _whole(part)
    drug = ingredient(part.name)
    state = state_of(part, text)
    when = stretch(text, mention.written)
    first = when.first or started_ago(text, mention.written) or _since_year(text)
    ended = bool(said.ENDED.search(text))
    days = _days(text)
    last = when.last
    if state == "done" and first and last is None and days is None and not ended:
        last = mention.written
    found = doses(text, dose.unit, dose.per) if dose else []
    return Told(
        drug,
        _several(part),
        state,
        outcome_of(text, len(part.before)) if state == "done" else None,
        _between(first, last) or days,
        first,
        last or _long_ago(text, mention.written),
        ended,
        max(found) if dose and len({one >= dose.value for one in found}) == 1 else None,
        mention,
    )


def _several(part: Part) -> int:
    found = _SEVERAL.search(part.before) if is_class(part.name) else None
    return _COUNTS[found["n"].lower()] if found else 1


def _between(first: date | None, last: date | None) -> int | None:
    return (last - first).days + 1 if first and last and first <= last else None


def _days(text: str) -> int | None:
    found = [one.days for one in lengths(text)]
    for match in _YEARS.finditer(text):
        number = match["n"].lower()
        found.append(365 * (_NUMBERS.get(number) or int(number)))
    return max(found, default=None)


def _long_ago(text: str, written: date) -> date | None:
    """The last day that a trial of another time can have had."""
    ago = _YEARS_AGO.search(text)
    if ago:
        return written - timedelta(days=365 * int(ago["n"]))
    days = [on for on in dates_in(text, written) if on <= written]
    years = [int(year) for year in _YEAR.findall(text)]
    if days:
        return max(days)
    return date(max(years), 12, 31) if years and max(years) < written.year else None


def _since_year(text: str) -> date | None:
    found = _SINCE_YEAR.search(text)
    return date(int(found["year"]), 12, 31) if found else None


def _whole(part: Part) -> str:
    """The part, and the sentence that goes on about it when the part says nothing of a result."""
    mention = part.mention
    text = part.text
    if said.came_of_it(text) or said.INTOLERANT.search(text):
        return text
    note = mention.note
    for follow in note.sentences[mention.place + 1 : mention.place + 3]:
        if follow.heading != mention.sentence.heading or said.OTHER_DRUG.search(follow.text):
            break
        if CONTINUES.match(follow.text) and not rule(follow.text):
            text = f"{text}. {follow.text}"
    return text


def state_of(part: Part, text: str) -> State:
    """Say whether it was taken; what was not tolerated or not allowed goes before the rest."""
    sentence, start = part.mention.sentence, _offset(part.mention)
    asked = answer(sentence.text[:start], sentence.text[start + len(part.name) :])
    if asked == "open" or rule(sentence.text) or said.SUPPOSED.search(part.before):
        return "planned"
    if said.GENERAL.search(text):
        return "mentioned"
    near = f"{part.before[-_REACH:]} {part.after[:_REACH]}"
    if said.DECLINED.search(near):
        return "declined"
    if asked == "no":
        return "never"
    if _unbearable(text):
        return "intolerant"
    if _holds(said.CONTRAINDICATED, text):
        return "contraindicated"
    return _taken(part, text, near)


def _unbearable(text: str) -> bool:
    if _holds(said.INTOLERANT, text):
        return True
    return _holds(said.UNPLEASANT, text) and not said.BORNE.search(text)


def _holds(pattern: re.Pattern[str], text: str) -> bool:
    return any(not said.DENYING.search(text[: one.start()]) for one in pattern.finditer(text))


def _taken(part: Part, text: str, near: str) -> State:
    if said.NEVER.search(part.before[-_REACH:]) or said.NEVER.search(part.after[:_REACH]):
        return "never"
    heading = part.mention.sentence.heading
    if said.PLANNED.search(near) and not _strong(part, text):
        return "planned"
    if said.TAKEN.search(near):
        return "done"
    if heading.startswith(_TO_DO):
        return "planned"
    if said.came_of_it(text) or _days(text) or heading.startswith(_LISTS):
        return "done"
    return "mentioned"


def _strong(part: Part, text: str) -> bool:
    """Whether it was taken although something is planned too: "prescribed in May, took it"."""
    if said.TOOK_IT.search(text) or _JUST_TAKEN.search(part.before[-60:]):
        return True
    after = part.after[:_REACH]
    to_come = said.PLANNED.search(part.before[-30:]) and not _TRIED.search(part.before)
    return bool(said.came_of_it(after)) and not (to_come or said.OTHER_DRUG.search(after))


_TO_DO = ("plan", "order", "recommend", "treatment plan", "assessment and plan", "a/p")
_LISTS = ("medication", "current med", "home med", "meds", "prior med", "past med")
_TRIED = re.compile(r"\b(?:completed|had|underwent|undergone|after|following|failed)\b", re.I)
_JUST_TAKEN = re.compile(
    r"\b(?:took|taken|taking|tried|failed|failure of|completed|been on|was on|treated with|despite"
    r"|after|following|inadequate response to|no response to|underwent|received|prior|previous)\b"
    r"(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)


def outcome_of(text: str, place: int) -> Outcome | None:
    """The outcome worded nearest to the drug; after "initially" the last one."""
    marks = [
        (start, end, outcome)
        for start, end, outcome in said.came_of_it(text)
        if not said.SUPPOSED.search(text[:start]) or start < place
    ]
    if not marks:
        return None
    if re.search(r"\b(?:initial(?:ly)?|at first|first \d|early)\b", text, re.IGNORECASE):
        return marks[-1][2]
    return min(marks, key=lambda mark: _distance(mark, place))[2]


def _distance(mark: tuple[int, int, Outcome], place: int) -> int:
    start, end, _ = mark
    return place - end if end <= place else start - place
