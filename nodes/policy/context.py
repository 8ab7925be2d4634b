"""Whether a value was taken under a condition: at rest, on room air, with exertion, asleep.

The condition must be said with the value: in the fact's own words, in those of the same
observation's other parts, or in the same part of the sentence. A value without it is unknown.
"""

import re
from datetime import date

from nodes.chart import Fact
from nodes.policy.index import Mention, Question
from nodes.policy.scope import meaning
from nodes.policy.sentences import Sentence
from nodes.policy.wording import Words

_PART = re.compile(
    r"[;,()]|\s[-\u2013\u2014/]\s|\b(?:and|but|while|whereas|then|versus|vs\.?|which|dropp\w+ to"
    r"|fell to|falls to|decreas\w+ to|desaturat\w+ to|improv\w+ to|increas\w+ to|ris\w+ to"
    r"|rose to)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<![\w.])\d{2,3}(?:\.\d+)?(?![\d/.]|\s*(?:minutes?|min|m|feet|ft|hours?)\b)"
)

_NOT = re.compile(r"\b(?:not|never|no longer)\b|n['\u2019]t\b", re.IGNORECASE)


def under(words: Words, fact: Fact, question: Question) -> bool:
    """Say whether a fact, or another part of the same observation, says the condition."""
    said = [fact.quote, fact.value_text or "", fact.body_site or ""]
    if "#component-" in fact.id:
        whole = fact.source
        said += [one.quote for one in question.index.by_kind[fact.kind] if one.source == whole]
    return any(_says(words, Sentence(0, len(text), text, ""), None) for text in said if text)


def said_with(words: Words, mention: Mention) -> bool:
    """Say whether the sentence states the condition of this value, not of another one in it."""
    sentence = mention.sentence
    start, end = mention.start - sentence.start, mention.end - sentence.start
    return _says(words, sentence, (start, end))


def _says(words: Words, sentence: Sentence, value: tuple[int, int] | None) -> bool:
    if words.denied_by and words.denied_by.search(sentence.text) and value is None:
        return False
    reach = _reach(sentence.text, value) if value else (0, len(sentence.text))
    if words.denied_by and words.denied_by.search(sentence.text, *reach):
        return False
    for match in words.pattern.finditer(sentence.text):
        low, high = match.span()
        if _NOT.search(match.group()):
            continue
        if reach[0] <= low and high <= reach[1]:
            how = meaning(sentence, low, high, date.max)
            if how.polarity == "affirmed" and not how.hypothetical:
                return True
    return False


def _reach(text: str, value: tuple[int, int]) -> tuple[int, int]:
    """From the last part before the value that has another figure to the first one after it."""
    start, end = value
    cuts = [match.span() for match in _PART.finditer(text)]
    ahead = [high for _, high in cuts if high <= start]
    behind = [low for low, _ in cuts if low >= end]
    low, high = 0, len(text)
    for edge in reversed(ahead):
        if _FIGURE.search(text[:edge]) and _FIGURE.search(text[_before(ahead, edge) : edge]):
            low = edge
            break
    for edge in behind:
        if _FIGURE.search(text[edge : _after(behind, edge, len(text))]):
            high = edge
            break
    return low, high


def _before(edges: list[int], edge: int) -> int:
    return max((one for one in edges if one < edge), default=0)


def _after(edges: list[int], edge: int, end: int) -> int:
    return min((one for one in edges if one > edge), default=end)
