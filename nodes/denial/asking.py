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
        if (listing and bullet) or (ASKS.search(s.text) and ITEM.search(s.text) and _for_us(s)):
            found.append(letter.page.said(s.start, s.end))
            listing = True
        elif not bullet:
            listing = s.text.rstrip().endswith(":") and bool(ASKS.search(s.text))
    return tuple(found[:MOST])


def _for_us(sentence: Sentence) -> bool:
    return not sentence.hypothetical and not re.search(r"\bappeal", sentence.text)


def answer_by(letter: Letter, issued: date | None, received: date | None) -> date | None:
    """The last day to answer a request for information, as the letter states it."""
    for s in letter.sentences:
        if s.zone == "other" or not re.search(
            r"\b(?:send|submit|provide|receive|respond|return|reply|information|records"
            r"|documentation|due|fax)\b",
            s.text,
        ):
            continue
        by = next(
            (
                d.day
                for d in dates(s.text)
                if re.search(r"\b(?:by|before|than|until|due)\b[^.]{0,30}$", s.text[: d.start])
            ),
            None,
        )
        if by:
            return by
        for one in stretches(s.text):
            before, first = s.text[: one.start], issued
            if not re.search(r"\b(?:within|have|in|than)\s*\(?$", before) or re.search(
                r"\bwe (?:will|must|have)\b", before
            ):
                continue
            if re.search(r"\b(?:receipt|receiv)", s.text[one.end : one.end + 40]) and received:
                first = received
            return after(first, one.number, one.unit) if first else None
    return None


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
