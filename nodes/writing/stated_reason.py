"""What in the policy and in the record corresponds to the reason a payer gives."""

import math
from collections import Counter
from collections.abc import Sequence

from nodes.assessment import Criterion
from nodes.chart import Fact
from nodes.writing.dispute import Ground
from nodes.writing.text import content_words
from nodes.writing.tree import carrying

_IDLE = (
    "request requested service criteria criterion member plan policy medical medically necessary"
    " necessity documentation documented record submitted information review show shown deny denied"
    " coverage covered month week day year within last past prior study found"
)
IDLE = frozenset(_IDLE.split())
LEAST = 2


def reason_words(ground: Ground) -> frozenset[str]:
    """Give the content words of a reason: the payer's own, else our words for its code."""
    said = ground.words or (ground.code_words or "",)
    return content_words(" ".join((*said, ground.criterion or ""))) - IDLE


def answering(ground: Ground, criteria: Sequence[Criterion]) -> list[Criterion]:
    """List the met criteria that the reason speaks of, best first, at most two."""
    leaves = [leaf for leaf in carrying(criteria) if leaf.status == "met"]
    texts = [f"{leaf.text} {leaf.reason}" for leaf in leaves]
    return [leaves[place] for place in _closest(reason_words(ground), texts, most=2)]


def speaking(ground: Ground, facts: Sequence[Fact], most: int = 4) -> list[Fact]:
    """List the facts that the reason speaks of, best first."""
    return matching(reason_words(ground), facts, most)


def matching(wanted: frozenset[str], facts: Sequence[Fact], most: int = 4) -> list[Fact]:
    """List the facts that share the wanted words, best first; two words at least."""
    texts = [fact.quote for fact in facts]
    return [facts[place] for place in _closest(wanted, texts, most=most)]


def _closest(wanted: frozenset[str], texts: Sequence[str], most: int) -> list[int]:
    """Rank texts by the rarity of the words they share with those wanted; two at least."""
    bags = [content_words(text) & wanted for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(1 + len(texts) / count) for word, count in seen.items()}
    least = min(LEAST, len(wanted))
    scored = [(sum(weight[w] for w in bag), -n) for n, bag in enumerate(bags) if len(bag) >= least]
    if not scored or not wanted:
        return []
    best = max(scored)[0]
    return [-n for score, n in sorted(scored, reverse=True)[:most] if score >= best / 2]
