"""What in the policy and in the record corresponds to the reason a payer gives."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from nodes.assessment import Criterion
from nodes.chart import Fact
from nodes.writing.dispute import Ground
from nodes.writing.text import content_words, fold
from nodes.writing.tree import carrying

_IDLE = (
    "request requested service criteria criterion member plan policy medical medically necessary"
    " necessity documentation documented record submitted information review show shown deny denied"
    " coverage covered month week day year within last past prior study found"
)
IDLE = frozenset(_IDLE.split())
LEAST = 2
_GENERAL = (
    "information received sent provided establish established meet met not criteria guideline"
    " standard need needed support supported clinical finding described physician reviewer"
    " reviewed director appropriate approved approve authorize authorized authorization certify"
    " satisfied satisfy insufficient lack sufficient additional based determination decision our"
    " we your reason time medicine care treatment health denial adverse rule rules time submit per"
    " qualify generally accepted current currently this requirement condition plan's member's"
)
GENERAL = frozenset(_GENERAL.split())
_CONCEPTS = {
    "deficit": r"neurolog\w*|focal|weakness|reflex\w*|sensory|sensation|motor|myotom\w*"
    r"|dermatom\w*|numbness",
    "care": r"conservative|physical therapy|physiotherapy|nsaids?|anti-inflammator\w*|naproxen"
    r"|home exercises?|non-?operative|non-?surgical|non-?invasive",
    "imaging": r"imaging|x-?rays?|radiograph\w*|mri|ct|ultrasound|scans?",
    "function": r"function\w*|activities of daily living|adls?|disabilit\w*",
    "response": r"no relief|fail\w*|refractory|unchanged|unresponsive|no response"
    r"|enough improvement|persist\w*",
    "red flag": r"red flags?|cauda equina|fractures?|infections?|cancer|malignan\w*|tumou?rs?",
    "severity": r"severity|severe|activity|scores?|das28|cdai|ahi|index",
    "seen": r"re-?evaluat\w*|follow-?up|office visit|face-to-face|seen again",
    "new": r"new finding|change in (?:condition|status|symptoms)|worsen\w*|progressi\w*",
    "body mass": r"bmi|body mass|obes\w*|weight",
    "adherence": r"adheren\w*|complian\w*|usage",
}
CONCEPTS = {name: re.compile(rf"\b(?:{words})\b") for name, words in _CONCEPTS.items()}


def reason_words(ground: Ground) -> frozenset[str]:
    """Give the content words of a reason: the payer's own, else our words for its code."""
    words = _told(ground)
    return (content_words(words) - IDLE) | concepts(words)


def _told(ground: Ground) -> str:
    """Join a reason's words, and the clause it cites; a text cited by its number says nothing."""
    said = ground.words or (ground.code_words or "",)
    clause = ground.criterion or ""
    words = " ".join(said)
    if re.search(r"\d", clause) and re.search(r"\b(?:polic|guideline|lcd|ncd|cpb)", fold(clause)):
        return words.replace(clause, " ")
    return f"{words} {clause}"


def concepts(words: str) -> frozenset[str]:
    """Give the concepts that words speak of, whichever words they use; marked with a star."""
    told = fold(words)
    return frozenset(f"*{name}" for name, pattern in CONCEPTS.items() if pattern.search(told))


def general(ground: Ground) -> bool:
    """Say whether a reason gives no detail: then the whole policy is its answer."""
    words = _told(ground)
    left = content_words(words) - IDLE - GENERAL
    return not concepts(words) and len(left) < LEAST


def answering(ground: Ground, criteria: Sequence[Criterion]) -> list[Criterion]:
    """List the met criteria that the reason speaks of, best first, at most two."""
    leaves = [leaf for leaf in carrying(criteria) if leaf.status == "met"]
    texts = [f"{leaf.text} {leaf.reason}" for leaf in leaves]
    return [leaves[place] for place in _closest(reason_words(ground), texts, most=2)]


def speaking(ground: Ground, facts: Sequence[Fact], most: int = 4) -> list[Fact]:
    """List the facts that the reason speaks of, best first."""
    said = frozenset(word for word in reason_words(ground) if not word.startswith("*"))
    return matching(said, facts, most)


def matching(wanted: frozenset[str], facts: Sequence[Fact], most: int = 4) -> list[Fact]:
    """List the facts that share the wanted words, best first; two words at least."""
    texts = [fact.quote for fact in facts]
    return [facts[place] for place in _closest(wanted, texts, most=most)]


def _closest(wanted: frozenset[str], texts: Sequence[str], most: int) -> list[int]:
    """Rank texts by the rarity of the words they share with those wanted; two at least."""
    bags = [(content_words(text) | concepts(text)) & wanted for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    weight = {word: _worth(word, len(texts) / count) for word, count in seen.items()}
    least = min(LEAST, len(wanted))
    scored = [
        (sum(weight[w] for w in bag), -n)
        for n, bag in enumerate(bags)
        if len(bag) + sum(w.startswith("*") for w in bag) >= least
    ]
    if not scored or not wanted:
        return []
    best = max(scored)[0]
    return [-n for score, n in sorted(scored, reverse=True)[:most] if score >= best / 2]


def _worth(word: str, rarity: float) -> float:
    """Weigh a word by its rarity; a concept counts twice."""
    return math.log(1 + rarity) * (2 if word.startswith("*") else 1)
