"""The small "pt" that is physical therapy and not the patient: "6 weeks of pt", "tried pt"."""

import re
from collections.abc import Iterator

from nodes.extraction.spots import Spot

_PT = re.compile(
    r"\b(?:(?:weeks?|wks?|months?|visits?|sessions?|course|trial|round|rounds|failed|despite"
    r"|after) (?:of )?"
    r"|(?:completed|attended|tried|did|doing|started|formal|outpatient|referr?(?:al|ed)? to"
    r"|refer to|in|through|with"
    r"|begin|start|continue) )(?P<pt>pt)\b(?! (?:is|was|has|had|denies|denied|reports|states"
    r"|who|can|will))"
)


def short_pt(text: str) -> Iterator[Spot]:
    """Find it; in capitals it stands in the word list."""
    for match in _PT.finditer(text) if "pt" in text else ():
        yield Spot(*match.span("pt"), "therapy", "physical therapy", "listed")
