"""A decision told item by item: some granted and some not, or less than what was asked for."""

import re

from nodes.decision import Outcome

YES = r"approved?|authorized?|certified|granted|allowed|affirmed"
NO = (
    r"denied|deny|declined|disapproved|(?:not|non)[\s\-]?(?:approved|authorized|certified"
    r"|covered|affirmed)"
)
TAIL = r"(?![^\n]{0,40}\b(?:if|when|unless|only|provided)\b)(?:[^\w\n][^\n]{0,40})?$"
AFTER = re.compile(
    rf"^(?P<what>[^\n]{{2,110}}?)[ \t]{{0,8}}(?::|-|=|\||\.{{2,9}}|\t|[ ]{{2,9}}|\bis|\bwas)"
    r"[ \t]{0,8}"
    rf"(?:(?P<no>{NO})|(?P<yes>{YES})){TAIL}",
    re.MULTILINE,
)
BEFORE = re.compile(
    rf"^[ \t>*\-]*(?:(?P<no>{NO})|(?P<yes>{YES}))(?: \w+)?[ \t]{{0,8}}:[ \t]{{0,8}}"
    r"(?!none|no\b|0\b|zero|n/?a\b|nothing|-)(?P<what>\S[^\n]{2,110})$",
    re.MULTILINE,
)
WHOLE = re.compile(
    r"\b(?:status|decision|determination|outcome|disposition|result|action|review|case|request"
    r"|requested|history|prior|previous|re|subject|appeal|reason|date|if)\b"
)
ASKED = re.compile(
    r"(?:^|[.;] )[ \t>*\-]*request(?:ed)?[^:\n]{0,30}:[ \t]{0,8}(?P<what>[^\n.;]{1,110})",
    re.MULTILINE,
)
GIVEN = re.compile(
    rf"(?:^|[.;] )[ \t>*\-]*(?:{YES})(?: (?!number|no\b|by|date|from|through)\w+)?"
    r"[ \t]{0,8}:[ \t]{0,8}(?P<what>[^\n.;]{1,110})",
    re.MULTILINE,
)
ENDS = re.compile(r"(?<=[a-z0-9)])[.;][ ]+(?=\S)")
NUMBER = re.compile(r"(?<![\d./])\d{1,4}(?![\d/])")


def of_items(flat: str) -> Outcome | None:
    """Say ``partially_certified`` where some lines grant an item and others refuse one."""
    flat = ENDS.sub("\n", flat)
    found = [
        m for m in (*AFTER.finditer(flat), *BEFORE.finditer(flat))
        if re.search(r"[a-z0-9]{3}", m["what"]) and not _whole(m)
    ]  # fmt: skip
    kinds = {bool(match["yes"]) for match in found}
    return "partially_certified" if len(kinds) > 1 else None


def _whole(match: re.Match[str]) -> bool:
    """Whether a line that ends in a decision names the whole case and not an item."""
    return match.re is AFTER and bool(WHOLE.search(match["what"]))


def of_amounts(flat: str, outcome: Outcome) -> Outcome | None:
    """Compare what a form says was requested and what was granted."""
    asked, given = ASKED.search(flat), GIVEN.search(flat)
    if not asked or not given or asked["what"].strip() == given["what"].strip():
        return None
    one, other = (NUMBER.sub("", m["what"]).split() for m in (asked, given))
    more, less = (sorted(map(int, NUMBER.findall(m["what"]))) for m in (asked, given))
    if not more or not any(less) or more == less:
        return None
    return "partially_certified" if one == other or outcome == "denied" else "modified"
