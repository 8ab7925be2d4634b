"""The characters an X12 element may hold, and how other texts are brought to them.

Source of the two sets: the standard's appendix on character sets, as in public grammars. Lower
case belongs to the extended set; this product writes upper case to everyone.
"""

# ruff: noqa: RUF001
import re
import unicodedata
from typing import Literal

CharacterSet = Literal["basic", "extended"]
PLAIN = re.compile(r"[ -_a-~]*")
SETS: dict[CharacterSet, re.Pattern[str]] = {
    "basic": re.compile(r"[A-Z0-9 !\"&'()*+,\-./:;?=]*"),
    "extended": PLAIN,
}
UNLIKE = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "þ": "th", "Þ": "TH", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N",
    "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"',
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "…": "...",
}  # fmt: skip
FOLDS = str.maketrans(UNLIKE)
SIGNS = str.maketrans(
    {
        "°": " DEG ", "≥": ">=", "≤": "<=", "±": "+/-", "×": "x", "÷": "/",
        "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3",
    }
)  # fmt: skip
MICROGRAM = re.compile("[µμ]g")
POWER = re.compile("[0-9][⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]")
SPELLED = str.maketrans(
    {
        "#": " NO. ", "%": " PERCENT ", "@": " AT ", "$": " USD ", "<": " LESS THAN ",
        ">": " MORE THAN ", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/", "\\": "/",
        "_": "-", "~": "-",
    }
)  # fmt: skip


def fold(text: str) -> str | None:
    """Write a text in upper-case ASCII; none where a character has no such form.

    Marks are dropped (José is JOSE, Müller is MULLER), letters that only look marked go by
    their customary spelling (Łukasz is LUKASZ, Strauß is STRAUSS), typographic quotes and
    dashes become plain, blanks and line breaks one blank; degrees, comparisons, simple fractions
    and µg are spelled as clinicians type them. Other scripts have no form here: a transliteration
    would be a guess. Nor has a power after a digit: ten squared must not become 102.
    """
    if POWER.search(text):
        return None
    signed = MICROGRAM.sub("mcg", text).translate(SIGNS)
    flat = unicodedata.normalize("NFKD", signed.translate(FOLDS)).translate(FOLDS)
    bare = "".join(char for char in flat if not unicodedata.combining(char))
    line = " ".join(bare.split()).upper()
    return line if PLAIN.fullmatch(line) else None


def spell(text: str) -> str:
    """Say in a folded text what the basic set has no sign for: # is NO., % is PERCENT.

    For addresses and messages only; in a name or a number each sign counts.
    """
    return " ".join(text.translate(SPELLED).split())
