"""Where an appeal or a call goes: addresses, telephones and portals, each with what it is for.

What a letter gives for complaints of discrimination, for claims, for interpreters or for its own
seat is no place to send an appeal to, and is left out.
"""

import re
from bisect import bisect_left
from typing import Any, Literal

from nodes.denial.page import Page
from nodes.denial.reading import Letter
from nodes.denial.topics import TOPICS
from nodes.notice import WhereTo

Purpose = Literal["appeal", "peer_to_peer", "external_review", "questions"]
CUES = re.compile(
    r"(?P<other>discriminat\w+|civil rights|section 1557|section 504|interpret\w+"
    r"|language (?:assistance|help|line)|translat\w+"
    r"|privacy|fraud|billing|claims? (?:address|department|dept"
    r"|mailing|processing|payment|only|inquir\w+|submission)"
    r"|(?:mail|send|submit) (?:your )?(?:paper )?claims|corporate|headquarters|ombuds\w*"
    r"|long term care|legal (?:aid|services|help)|state health insurance assistance|\bship\b"
    r"|medicare rights"
    r"|eldercare|1-800-medicare|medicare\.gov"
    r"|department of labor|\bebsa\b|consumer assistance|new (?:authorization )?requests?"
    r"|prior authorization requests?"
    r"|(?:initial|new) (?:prior )?auth\w*|records? (?:to|department)|medical records"
    r"|additional (?:clinical )?information|cc:)"
    rf"|(?P<peer>{TOPICS[0][1].pattern})"
    r"|(?P<external>(?:department|division|bureau) of insurance|insurance (?:commissioner"
    r"|department|division)|external (?:review|appeal)s?|independent (?:external "
    r"|medical )?(?:review"
    r"|appeal)|\biro\b|\bimr\b"
    r"|(?:state |fair |administrative )+hearings?|hearings?(?: office| unit)?\b)"
    r"|(?P<questions>questions?(?: (?:about|regarding|on) (?:this|your|the|an|our"
    r"|any)(?: \w+){1,2})?|member services?|customer (?:service|care)s?|provider (?:services"
    r"|relations)"
    r"|for (?:more )?(?:help|information)|need help|call us|contact us|inquiries|help(?: with|line"
    r"| desk)|enrollee services|member care)"
    r"|(?P<appeal>appeals?\b|grievances?|reconsiderations?|redeterminations?|disputes?\b)"
)
PHONE = re.compile(
    r"(?<![\d\-])(?:\+?1[\s.\-]{1,2})?(?:\(\d{3}\)\s{0,2}"
    r"|\d{3}[\s.\-]{1,2})\d{3}\s?[.\-\u2013]\s?\d{4}(?![\d\-])(?:\s?,?\s?(?:ext|x|extension"
    r"|option)\.?\s?\d{1,5})?"
)
LETTERED = re.compile(
    r"(?<![\w\-])1[\s.\-]8\d\d[\s.\-](?=[a-z0-9\-]{0,9}[a-z])[a-z0-9]{3}-?[a-z0-9]{4}\b"
)
WEB = re.compile(
    r"(?:https?://|www\.)[^\s,;<>()\"']{4,80}|(?<![@\w.\-])(?:[a-z0-9\-]{2,30}\.){1,3}(?:com|org"
    r"|net|gov|example|test|health)(?:/[^\s,;<>()\"']{0,60})?(?![\w@])"
)
ZIP = re.compile(
    r"\b[A-Z][A-Za-z.'\- ]{1,30},?[ \t\n]{1,4}(?:[A-Z]{2}"
    r"|[A-Z][a-z]{3,12}(?: [A-Z][a-z]{3,10})?)[ \t]{1,3}\d{5}(?:-\d{4})?\b"
)
STREET = re.compile(
    r"(?:\bP\.?[ \t]?O\.?[ \t]{0,2}(?:Box|BOX|box|Drawer)[ \t]{1,2}[\w\-]{1,10}"
    r"|\bPO BOX[ \t]\w{1,10}|\bMail ?stop[ \t:]{0,2}\w{1,10}"
    r"|\b\d{1,6}[ \t]+(?:[NSEW]\.?[ \t]+)?[A-Z0-9][\w.']{0,20}(?:[ \t]+[A-Z][\w.']{0,20}){0,4})"
)
BREAK = re.compile(
    r"\n|,(?= *(?:P\.? ?O|Suite|Ste|Dept|Attn|\d))"
    r"|(?<=[a-z]{3}), (?=[A-Z][a-z]+,? [A-Z]{2} +\d{5})"
)
FALSE_DIGIT = re.compile(r"\d[OolI|]|[OolI|]\d")
FAXED = re.compile(r"\b(?:fax(?:ed)?|facsimile)\b")
CALLED = re.compile(r"\b(?:phone|telephone|tel|call|dial|toll[\s\-]free|voice)\b")
FOR = re.compile(
    r"[\s,]{1,3}(?:with|for|if you have|to|about)\b(?: any| a| an| your| ask| request| file"
    r"| schedule)*"
)
REACH = 700
NEXT = 20
NAMES: dict[str, Purpose] = {
    "peer": "peer_to_peer",
    "external": "external_review",
    "questions": "questions",
    "appeal": "appeal",
}


RECIPIENT = {"lines", "fax"}
KINDS = ("lines", "phone", "fax", "portal")


def contacts(letter: Letter) -> tuple[WhereTo, ...]:
    """List the places by purpose: the first of each kind, then others that a letter gives beside.

    Another address or fax number for the same purpose stands by itself, so that nobody writes to
    one of two without having looked; of telephone numbers only those for a call to a physician.
    """
    first: dict[Purpose, dict[str, Any]] = {}
    others: list[WhereTo] = []
    for purpose, start, end, kind, value in sorted(_items(letter), key=lambda one: one[1]):
        said = letter.page.said(start, end)
        told = tuple(value) if kind == "lines" else value[0]
        place = first.setdefault(purpose, {"said": said})
        if kind not in place:
            place[kind] = told
        elif _another(place[kind], told) and (kind in RECIPIENT or purpose == "peer_to_peer"):
            others.append(WhereTo.model_validate({"purpose": purpose, kind: told, "said": said}))
    found = [WhereTo.model_validate({"purpose": name} | place) for name, place in first.items()]
    return (*found, *others)


def _another(one: object, other: object) -> bool:
    """Say whether two addresses or numbers differ, and not only in how they are written."""
    left, right = plain(one), plain(other)
    return left not in right and right not in left


def plain(value: object) -> str:
    """Give the letters and digits of an address or number, so that two spellings compare."""
    words = " ".join(value) if isinstance(value, tuple) else str(value)
    return "".join(c for c in words.casefold() if c.isalnum())


def _items(letter: Letter) -> list[tuple[Purpose, int, int, str, list[str]]]:
    page = letter.page
    spans = [(s.start, s.end) for s in letter.sentences if s.zone == "other"]
    cues = list(CUES.finditer(page.flat))
    found = []
    for start, end, kind, value in (*_lines(page), *_numbers(page)):
        if any(first <= start < last for first, last in spans):
            continue
        purpose = _purpose(page.flat, cues, start, end)
        if purpose:
            found.append((purpose, start, end, kind, value))
    return found


def _purpose(flat: str, cues: list[re.Match[str]], start: int, end: int) -> Purpose | None:
    """What a place is for: the nearest cue before it, the rest of its line when that tells."""
    line_start = max(flat.rfind("\n", 0, start) + 1, start - REACH)
    line_end = flat.find("\n", end, end + REACH)
    line_end = min(len(flat), end + REACH) if line_end < 0 else line_end
    cues = cues[bisect_left(cues, start - REACH, key=_at) : bisect_left(cues, line_end, key=_at)]
    before = [c for c in cues if start - REACH <= c.start() < end and c.start() < start]
    inside = [c for c in cues if start <= c.start() < end]
    behind = [c for c in cues if end <= c.start() < line_end]
    same = [c for c in before if c.start() >= line_start]
    remark = re.match(r"[\s]*\([^)\n]{3,60}\)", flat[end:line_end])
    noted = [c for c in behind if remark and c.start() < end + remark.end()]
    said = FOR.match(flat, end)
    meant = [c for c in behind if said and c.start() <= said.end() + NEXT]
    nearest = inside[:1] or noted[:1] or meant[:1] or same[-1:] or before[-1:] or behind[:1]
    return NAMES.get(nearest[0].lastgroup or "") if nearest else None


def _at(cue: re.Match[str]) -> int:
    return cue.start()


def _numbers(page: Page) -> list[tuple[int, int, str, list[str]]]:
    found: list[tuple[int, int, str, list[str]]] = []
    for pattern in (PHONE, LETTERED):
        for match in pattern.finditer(page.flat):
            kind = _kind(page.flat, match.start(), match.end())
            if kind:
                found.append((*match.span(), kind, [_number(page, *match.span())]))
    for match in WEB.finditer(page.flat):
        found.append((*match.span(), "portal", [page.written(*match.span()).rstrip(".")]))
    return found


def _number(page: Page, start: int, end: int) -> str:
    """A number as written, but for the letters that a scanner made of its digits."""
    written = page.written(start, end)
    return page.flat[start:end] if FALSE_DIGIT.search(written) else written


def _kind(flat: str, start: int, end: int) -> str | None:
    """Whether a number is a fax's or a telephone's, by the word next before it; none: TTY."""
    before = flat[max(0, start - 60) : start]
    if re.search(r"\b(?:tty|tdd|trs)\b[^\d]{0,22}$", before):
        return None
    fax = max((m.end() for m in FAXED.finditer(before)), default=-1)
    call = max((m.end() for m in CALLED.finditer(before)), default=-1)
    digits = max((m.end() for m in re.finditer(r"\d{4}\b", before)), default=-1)
    if re.match(r"\s?\(?(?:fax|f\b)", flat[end : end + 8]):
        return "fax"
    return "fax" if fax > max(call, digits) or re.search(r"\bf[.:]\s*$", before) else "phone"


def _lines(page: Page) -> list[tuple[int, int, str, list[str]]]:
    """Postal addresses: from the name over street or box to the ZIP code."""
    found: list[tuple[int, int, str, list[str]]] = []
    cased = page.cased
    for match in ZIP.finditer(cased):
        low, high = max(0, match.start() - 200), match.end()
        streets = [
            s
            for s in STREET.finditer(cased, low, high)
            if "\n\n" not in cased[s.start() : high] and s.start() <= match.start() + 40
        ]
        if not streets:
            continue
        street = next((s for s in streets if _box(s)), streets[-1])
        start = _name(cased, street.start())
        found.append((start, high, "lines", _parts(page, start, high)))
    return found


def _parts(page: Page, start: int, end: int) -> list[str]:
    """An address line by line, as the letter writes it."""
    ends = [cut.span() for cut in BREAK.finditer(page.cased, start, end)]
    edges = [start, *(place for cut in ends for place in cut), end]
    parts = [page.written(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return [part.strip(" ,:") for part in parts if part.strip(" ,:")][:8]


def _box(street: re.Match[str]) -> bool:
    return street[0].lstrip()[:1].upper() == "P"


def _name(cased: str, start: int) -> int:
    """Where an address begins: names before the street in its line, or in short lines above."""
    line = max(cased.rfind("\n", 0, start) + 1, start - REACH)
    same = cased[line:start]
    named = re.search(
        r"(?:(?:to|at|mail|address|attn|write)\b:?|[:.;])\s*(?=[A-Z][^:.;]{3,90}$)", same
    )
    if same.strip():
        if named:
            return line + named.end()
        return (
            line + len(same) - len(same.lstrip()) if len(same) < 70 and same[:1].strip() else start
        )
    begin = line
    above = max(cased.rfind("\n", 0, line - 1) + 1, line - REACH) if line else 0
    wrapped = re.search(r"\b(?:to|at)\b:?\s+(?=[A-Z][^.:;]{3,60},\s*$)", cased[above:line])
    if wrapped:
        return above + wrapped.end()
    for _ in range(3):
        above = max(cased.rfind("\n", 0, begin - 1) + 1, begin - REACH) if begin > 0 else 0
        text = cased[above : max(begin - 1, 0)]
        if (
            not text.strip()
            or len(text) > 60
            or re.search(
                r"[.:;?!]\s*$|\d{3}-\d{4}|^\s*(?:by |or |to |mail|fax|phone)", text, re.IGNORECASE
            )
        ):
            break
        begin = above
    return begin
