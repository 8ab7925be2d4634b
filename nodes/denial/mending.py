"""Words of a letter as a fax or a scanner left them, read as what they were."""

import re
from functools import cache

from nodes.denial.page import Page
from nodes.denial.signs import vocabulary as known_words
from nodes.denial.words import vocabulary

TOKEN = re.compile(r"[a-z0-9|!$@\[\]'\-]+")
LETTERS = re.compile(r"[a-z]")
ALIKE = str.maketrans("1|!i0@5$86[]", "lllloassbbll")
FULL = {"can't": "cannot", "won't": "will not", "shan't": "shall not", "n0t": "not", "n0": "no"}
NOT = re.compile(r"^[a-z]{2,6}n't$")
FIGURES = re.compile(r"(?=(?:\D?\d){2})[\dol|i]{3,4}|[\dol|i]{3}-[\dol|i]{3}-[\dol|i]{4}")
DIGITS = str.maketrans("ol|i", "0111")
MONTHS = ("january", "february", "march", "april", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
LEAST_ALIKE = 4
LONGEST_WORD = 40
ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
LEAST_HALVES = 6
LEAST_CUT = 7


@cache
def _shapes() -> dict[str, str]:
    return {
        _shape(word): word for word in sorted((*known_words(), *MONTHS)) if len(word) >= LEAST_ALIKE
    }


@cache
def _cut() -> dict[str, str]:
    """Long words with one letter left out, though not the first."""
    return {
        word[:place] + word[place + 1 :]: word
        for word in sorted(vocabulary())
        if len(word) >= LEAST_CUT
        for place in range(1, len(word))
    }


def _shape(word: str) -> str:
    return word.translate(ALIKE).replace("rn", "m").replace("vv", "w").replace("-", "")


def mended(page: Page) -> Page:
    """Read broken words as the words of ``words.yaml`` they look like; all others stay."""
    tokens = list(TOKEN.finditer(page.flat))
    cased: list[str] = []
    at: list[int] = []
    done = 0
    skip = False
    for place, token in enumerate(tokens):
        if skip:
            skip = False
            continue
        word, end = _read(token[0]), token.end()
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if word is None and following and (word := _halves(page.flat, token, following)):
            end, skip = following.end(), True
        if word is None:
            continue
        cased += [page.cased[done : token.start()], word]
        at += page.at[done : token.start()]
        at += _stretched(page.at[token.start() : end], len(word))
        done = end
    cased.append(page.cased[done:])
    return Page(page.raw, "".join(cased), at + page.at[done:])


def _read(token: str) -> str | None:
    """The word a token was; none when it is well as it is or nothing is like it."""
    if FIGURES.fullmatch(token):
        return token.translate(DIGITS) if LETTERS.search(token) else None
    if ORDINAL.fullmatch(token):
        return None
    known = known_words()
    if token in FULL or NOT.search(token):
        return FULL.get(token) or f"{token[:-3]} not"
    if token in known or token.isdigit() or not LETTERS.search(token):
        return None
    if not LEAST_ALIKE <= len(token) <= LONGEST_WORD or token.count("-") > 1:
        return None
    alike = _shapes().get(_shape(token))
    if (
        alike
        and alike != token
        and (len(token) >= LEAST_CUT or not token.isalpha() or "rn" in token)
    ):
        return alike
    if not token.isalpha() or len(token) < LEAST_CUT - 1 or _inflected(token):
        return None
    return _cut().get(token) or _one_wrong(token)


def _one_wrong(token: str) -> str | None:
    """The long word from which one letter was changed or to which one was added."""
    for place in range(1, len(token)):
        rest = token[:place] + token[place + 1 :]
        if rest in vocabulary() and len(rest) >= LEAST_CUT:
            return rest
        word = _cut().get(rest)
        if word and len(word) == len(token) and word[:place] == token[:place]:
            return word
    return None


def _inflected(token: str) -> bool:
    """Whether a token is a known word with another ending, and so no broken one."""
    stems = (token[:-1], token[:-2], token + "s", token + "d", token + "e", token + "y")
    return any(stem in vocabulary() for stem in stems)


def _halves(flat: str, one: re.Match[str], other: re.Match[str]) -> str | None:
    """The word that a blank splits in two."""
    if flat[one.end() : other.start()] != " " or one[0] in vocabulary():
        return None
    whole = one[0] + other[0]
    if len(whole) < LEAST_HALVES or not whole.isalpha() or other[0] in vocabulary():
        return None
    return whole if whole in vocabulary() else None


def _stretched(at: list[int], length: int) -> list[int]:
    """Places for a word that is as long as it was, or longer or shorter; the ends are kept."""
    if length <= 1:
        return at[:1]
    return [at[place * (len(at) - 1) // (length - 1)] for place in range(length)]
