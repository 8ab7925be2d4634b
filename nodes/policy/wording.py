"""What the dictionary keeps of a concept: its label and its patterns."""

import re
from dataclasses import dataclass

from nodes.policy.parts_of_body import Part


@dataclass(frozen=True, slots=True)
class Words:
    """A concept's patterns; a first group, where there is one, is its number.

    Phrases that fit ``weak`` have everyday causes and count only as ``nodes.policy.acute`` says.
    What is ``lasting``, such as an amount over a lifetime, holds though told as of the past.
    What is ``sided`` counts only of the side that was ordered, and what has a ``home`` not in a
    sentence, or under a heading, that names another part of the body.
    """

    label: str
    pattern: re.Pattern[str]
    denied_by: re.Pattern[str] | None = None
    composite: bool = False
    weak: re.Pattern[str] | None = None
    lasting: bool = False
    sided: bool = False
    home: tuple[Part, ...] = ()

    @property
    def suspicion(self) -> bool:
        """Whether what is only suspected counts, as the concept's own name or words say."""
        return "suspect" in self.label or "suspect" in self.pattern.pattern


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r" ", r"\\s+", pattern), re.IGNORECASE)


def worded(
    label: str,
    pattern: str,
    denied_by: str | None = None,
    composite: bool = False,
    weak: str | None = None,
    lasting: bool = False,
    sided: bool = False,
) -> Words:
    """Make a concept of patterns in which a blank stands for any white space."""
    return Words(
        label,
        _compile(pattern),
        _compile(denied_by) if denied_by else None,
        composite,
        _compile(weak) if weak else None,
        lasting,
        sided,
    )


MUSCLE = (
    r"(?:ankle|foot|great toe|toe|ehl|hallucis|dorsi-?flex(?:ion|ors?)"
    r"|plantar(?:-?flex(?:ion|ors?))?|quad(?:ricep)?s|iliopsoas|knee|hip|leg|lower extremit\w+"
    r"|(?-i:TA|DF|PF|HF|KE|KF|GS)"
    r"|extension|flexion|gastroc\w*|tibialis|hamstring\w*|l[2345]|s1)"
)
NOT_ARM = (
    r"(?<!wrist\s)(?<!finger\s)(?<!fingers\s)(?<!elbow\s)(?<!shoulder\s)(?<!thumb\s)(?<!neck\s)"
    r"(?<!cervical\s)(?<!trunk\s)(?<!arm\s)"
)
