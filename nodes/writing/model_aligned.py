"""Each thing a model's sentence says is said by one clause of what it cites.

All the words of a sentence may be the record's and it still be false: a drug with the outcome of
another, a relative's disease, a plan told as done, a value with another's day. So what it says is
read as frames, and each must stand in one frame of a source, with all that limits it there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nodes.writing.model_frames import Frame, frames
from nodes.writing.model_lexicon import (
    DAY,
    DEGREES,
    KIN,
    LEVEL,
    PLANS,
    PREDICATES,
    SIDES,
    is_figure,
    is_key,
)

CHANGES = {"fell": -1, "rose": 1}


@dataclass(frozen=True)
class Told:
    """The words of one text that is cited, and the words of its fact's fields beside it."""

    quote: str
    fields: str = ""
    record: bool = False


def astray(text: str, cited: Sequence[Told]) -> bool:
    """Say whether a part of a sentence tells no clause of what is cited, or not all it must."""
    sources = [source for one in cited for source in _sources(one)]
    return not all(_held(frame, sources) for frame in frames(text))


Source = tuple[Frame, frozenset[str]]


def _sources(one: Told) -> list[Source]:
    """Read what is cited; an entry that tells its days lends no other."""
    read, beside = frames(one.quote, one.record), _fields(one.fields)
    if one.record and any(DAY.match(word) for frame in read for word in frame.words):
        beside = frozenset(word for word in beside if not DAY.match(word))
    return [(frame, beside) for frame in read]


def _fields(text: str) -> frozenset[str]:
    return frozenset(word for frame in frames(text, True) for word in frame.words)


def _held(frame: Frame, sources: Sequence[Source]) -> bool:
    if not any(is_key(word) or is_figure(word) for word in frame.words) and not frame.words:
        return True
    if _told_by(frame, sources) or _changed(frame, sources):
        return True
    return len(frame.parts) > 1 and all(_told_by(one, sources) for one in _parted(frame))


def _told_by(frame: Frame, sources: Sequence[Source]) -> bool:
    return any(_tells(frame, source, beside) for source, beside in sources)


def _tells(said: Frame, source: Frame, beside: frozenset[str]) -> bool:
    own, known = set(said.words), set(source.words) | source.lent
    undated = not any(map(DAY.match, known))
    more = {word for word in beside if undated or not DAY.match(word)}
    if not all(_stands(word, known, more, own) for word in own | said.lent):
        return False
    have = own | said.lent
    if not all(_kept(word, have) or _apart(word, said, source) for word in source.needed):
        return False
    sides = SIDES & known
    if sides and (SIDES & have) - sides:
        return False
    there = source.drugs()
    if there and not there & have and (said.drugs() or not source.entry):
        return False
    keys = source.keys()
    if keys and not keys & have and not (beside & own):
        return False
    return _beside(said, source)


def _stands(word: str, known: set[str], more: set[str], own: set[str]) -> bool:
    if word in known or word in more:
        return True
    if word == "zplan":
        return bool({"zplan", "zrefer", "zrecommend"} & known)
    if word in ("hx", "family"):
        return bool(KIN & known)
    if word == "begin":
        return any(f"{lead}:{day}" in known for day in own for lead in ("from", "since"))
    if DAY.match(word):
        return _day(word, known, own)
    return False


def _day(word: str, known: set[str], own: set[str]) -> bool:
    """Match a day to its month, and the end of something to when it stopped."""
    if any(one.startswith(word) for one in known):
        return True
    lead = {
        f"to:{word}": {"stop", "complete"},
        f"from:{word}": {"begin"},
        f"since:{word}": {"begin"},
    }
    return any(one in known and verbs & own for one, verbs in lead.items())


def _kept(word: str, have: set[str]) -> bool:
    if word == "plan?":
        return bool(PLANS & have)
    if word == "before?":
        return any(one.startswith("before>") for one in have)
    return word in have


def _apart(mark: str, said: Frame, source: Frame) -> bool:
    """Say whether a side or degree stands by words that are not told."""
    if mark not in SIDES | DEGREES or len(source.near) < 2:
        return False
    return not any(mark in group and group & set(said.words) for group in source.near)


def _beside(said: Frame, source: Frame) -> bool:
    """Say whether sides, levels and degrees stand by the words they stand by in the source."""
    for group in said.near:
        for mark in [w for w in group if w in SIDES or w in DEGREES or LEVEL.match(w)]:
            places = [one for one in source.near if mark in one]
            words = {w for w in group if is_key(w)} - source.lent
            if places and len(source.near) > 1 and not any(words <= one for one in places):
                return False
    return True


def _parted(frame: Frame) -> list[Frame]:
    """Part what is said of one subject; figures alone stay with what they are said of."""
    first = Frame(list(frame.parts[0]), lent=frame.lent, near=[])
    keys = [word for word in first.words if is_key(word)][:3]
    found = [first]
    for part in frame.parts[1:]:
        if any(is_key(w) or w.lstrip("!") in PREDICATES for w in part):
            found.append(Frame([*keys, *part], lent=frame.lent))
        else:
            found[-1].words += part
    return found


def _changed(frame: Frame, sources: Sequence[Source]) -> bool:
    """Say whether a rise or fall is told by two values of which each stands with its day."""
    way = next((CHANGES[word] for word in frame.words if word in CHANGES), 0)
    start = next((n for n, w in enumerate(frame.words) if w.startswith("from:")), None)
    end = next((n for n, w in enumerate(frame.words) if w.startswith("to:")), None)
    if not way or start is None or end is None or start > end:
        return False
    base = [w for w in frame.words[:start] if w not in CHANGES]
    first = Frame([*base, *map(_bare, frame.words[start:end])])
    second = Frame([*base, *map(_bare, frame.words[end:])])
    values = [_value(frame.words[start]), _value(frame.words[end])]
    if None in values or (values[1] - values[0]) * way <= 0:  # type: ignore[operator]
        return False
    places = [n for n, source in enumerate(sources) if _tells(first, *source)]
    return any(n > min(places, default=n) for n, s in enumerate(sources) if _tells(second, *s))


def _bare(word: str) -> str:
    return word.removeprefix("from:").removeprefix("to:")


def _value(word: str) -> float | None:
    figure = "".join(c for c in _bare(word).split("/")[0] if c.isdigit() or c == ".")
    try:
        return float(figure)
    except ValueError:
        return None
