"""Words and statuses that tell whether a drug is taken, only intended, or no longer taken."""

import re

INTENDED = re.compile(
    r"\b(?:will|would|plan to|consider|start|begin|initiate|add|switch to|recommend|offer"
    r"|discuss(?:ed)?"
    r"|may need|candidate for|needs?|trial of)\b[^.,;]{0,30}$",
    re.IGNORECASE,
)
STOPPED_BEFORE = re.compile(
    r"\b(?:stop(?:ped)?|discontinue[ds]?|held|off|d/c(?:'d|ed)?|came off)\b[^.,;]{0,30}$",
    re.IGNORECASE,
)
STOPPED_AFTER = re.compile(
    r"^[^.,;]{0,30}?\b(?:was|were|has been|have been|is)?\s*"
    r"(?:stopped|discontinued|held|weaned off|d/c(?:'d|ed)?)\b",
    re.IGNORECASE,
)
OVER = frozenset({"resolved", "inactive", "remission", "stopped", "completed"})
DRUG_VOID = frozenset({"draft", "on-hold", "unknown"})
