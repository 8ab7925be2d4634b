"""Whose time it is that a letter states: ours to act in, or theirs to decide in."""

import re

FILES = re.compile(
    r"\b(?:fil(?:e|ed|ing)|reach(?:es)?|receive (?:it|your|the|this)|write|contest|dispute|return"
    r"|tell us|do this|do so|hear from you|act\b|done|(?:re)?submit(?:ted)?|reopen\w*"
    r"|request(?:ed|s)?"
    r"|ask|asked|must (?:be|reach|get|send"
    r"|call)|"
    r"appeal(?:s|ed)?|mail(?:ed)?|send|sent|received (?:by|within|no)|be received|postmarked|call"
    r"|schedul\w+|contact"
    r"|you have|has|have|deadline|time limit|due|until|expires?|available|up to|right|initiate\w*"
    r"|complet\w+|window)\b"
)
DECIDES = re.compile(
    r"\b(?:we(?:'ll| will| must| have| shall)?|decide[sd]?|decision|respond|response|answer"
    r"|notif(?:y|ied)"
    r"|resolv\w+|resolution|get back|hear(?: back)? from|determin(?:e|ation)|issue[sd]?"
    r"|the plan (?:will|must|has)|"
    r"reviewer (?:will|must|has)|iro (?:will|must|has)|tell you|give you|takes?|let you know"
    r"|process(?:ed)?)\b"
)
THEIRS = re.compile(
    r"\b(?:we|plan|reviewer|they|iro|panel|committee)\b(?:'ll| will| must| shall| can| may"
    r"| have to| has to| try to)*"
    r" (?:decide|answer|respond|review|resolve|process|make|give|complete|mail|notify|issue"
    r"|tell|reply)s?\b"
    r"|\b(?:decision|answer|determination|response|resolution)\b[^.;]{0,50}\b(?:will|shall"
    r"|must|is|are|can) (?:\w+ )?"
    r"(?:made|issued|sent|given|mailed|provided|rendered|completed)\b"
)
YOURS = re.compile(
    r"\b(?:you|must be (?:filed|received|made|sent|submitted)|file|filed|submit|call)\b"
)


def to_file(before: str, behind: str) -> bool:
    """Whether a time is one for us to act in, and not one for them to decide in."""
    if (deciding := list(THEIRS.finditer(before))) and not YOURS.search(before, deciding[-1].end()):
        return False
    acts = [match.end() for match in FILES.finditer(before)]
    theirs = [match.end() for match in DECIDES.finditer(before)]
    if acts or theirs:
        return max(acts, default=-1) >= max(theirs, default=-1) or _ours(before)
    return bool(FILES.search(behind))


def _ours(before: str) -> bool:
    """Whether the word of deciding is only the thing that is appealed."""
    return bool(
        re.search(r"\b(?:appeal|dispute|review|reconsider\w*|disagree with|contest)\b[^.]{0,40}"
                  r"\b(?:decision|determination|response|resolution)\b[^.]{0,40}$", before)
        and not re.search(r"\bwe(?:'ll| will| must)\b", before)
    )  # fmt: skip
