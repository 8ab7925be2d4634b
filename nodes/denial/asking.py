"""What a letter asks for before it decides, and until when."""

import re
from datetime import date

from nodes.denial.days import after, dates, stretches
from nodes.denial.reading import Letter, Sentence
from nodes.entity import Said

ASKS = re.compile(
    r"\b(?:please|kindly|must|need|needs|needed|require[sd]?|request(?:ed|ing)?|send|submit"
    r"|provide|fax|upload|missing|"
    r"following|items?|asking)\b"
)
ITEM = re.compile(
    r"\b(?:notes?|records?|report|results?|imaging|x-?rays?|mri|labs?|laboratory|history"
    r"|documentation|order|prescription|form|plan of care|"
    r"letter|evaluation|assessment|chart|information|signature|codes?|study|studies|test|photos?"
    r"|log|therapy|treatment)\b"
)
BEGS = re.compile(
    r"\b(?:please|kindly) (?:send|submit|provide|supply|fax|furnish|upload|forward)\b"
)
LISTED = re.compile(r"^\s*(?:[-*\u2022\u25aa\u25cf\u00b7\u2610>]|\[ ?\]|\(?[0-9a-z][.)])\s")
MOST = 20


def asked(letter: Letter) -> tuple[Said, ...]:
    """The words that ask for documents or information, lists of them item by item."""
    found: list[Said] = []
    listing = False
    for s in letter.sentences:
        if s.zone == "other" or s.boilerplate:
            listing = False
            continue
        bullet = bool(LISTED.match(s.text))
        if (listing and bullet) or _asks(s):
            found.append(letter.page.said(s.start, s.end))
            listing = True
        elif not bullet:
            listing = s.text.rstrip().endswith(":") and bool(ASKS.search(s.text))
    return tuple(found[:MOST])


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence asks us for something."""
    text = sentence.text
    named = ASKS.search(text) and ITEM.search(text)
    return (
        bool(named or BEGS.search(text))
        and not sentence.hypothetical
        and not re.search(r"\bappeal", sentence.text)
    )


def answer_by(letter: Letter, issued: date | None, received: date | None) -> date | None:
    """The last day to answer a request for information, as the letter states it."""
    for s in letter.sentences:
        if s.zone == "other" or THEIRS.search(s.text):
            continue
        by = next((d.day for d in dates(s.text) if UNTIL.search(s.text[: d.start])), None)
        if by:
            return by
        for one in stretches(s.text):
            if WITHIN.search(s.text[: one.start]):
                receipt = RECEIPT.search(s.text[one.end : one.end + 40])
                first = received if receipt and received else issued
                return after(first, one.number, one.unit) if first else None
    return None


UNTIL = re.compile(r"\b(?:by|before|than|until|due)\b[^.]{0,30}$")
WITHIN = re.compile(r"\b(?:within|have|in|than)\s*\(?$")
THEIRS = re.compile(
    r"\bwe(?: will|'ll| must| have (?:until|up|\d))\b"
    r"|\bapproved\b|\bappeal|\bvalid\b|\bdecision (?:by|within)"
)
RECEIPT = re.compile(r"\breceipt|\breceiv")


def in_spanish(letter: Letter) -> bool:
    """Whether the letter is written in Spanish, which is not read here."""
    words = re.findall(
        r"[^\W\d_]+", " ".join(s.text for s in letter.sentences if s.zone != "other")
    )
    spanish = sum(w in SPANISH for w in words)
    english = sum(w in ENGLISH for w in words)
    return spanish > 8 and spanish > english


SPANISH = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "de",
        "del",
        "que",
        "y",
        "en",
        "un",
        "una",
        "por",
        "para",
        "con",
        "su",
        "usted",
        "se",
        "es",
        "no",
        "al",
        "como",
        "esta",
        "este",
        "o",
        "si",
        "lo",
        "le",
        "sus",
        "fue",
        "ha",
        "ser",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "for",
        "your",
        "you",
        "that",
        "this",
        "we",
        "not",
        "by",
        "with",
        "on",
        "was",
        "or",
        "are",
        "be",
        "if",
        "may",
        "a",
        "an",
        "it",
        "have",
        "has",
    ]
)
