"""The characters an X12 element may hold, and how other texts are brought to them."""

# ruff: noqa: RUF001
import re
import unicodedata

PLAIN = re.compile(r"[ -_a-~]*")
UNLIKE = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "þ": "th", "Þ": "TH", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N",
    "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"',
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "…": "...",
}  # fmt: skip
FOLDS = str.maketrans(UNLIKE)


def fold(text: str) -> str | None:
    """Write a text in upper-case ASCII; none where a character has no such form.

    Marks are dropped (José is JOSE, Müller is MULLER), letters that only look marked go by
    their customary spelling (Łukasz is LUKASZ, Strauß is STRAUSS), typographic quotes and
    dashes become plain, blanks and line breaks one blank. Other scripts have no form here: a
    transliteration would be a guess.
    """
    flat = unicodedata.normalize("NFKD", text.translate(FOLDS)).translate(FOLDS)
    bare = "".join(char for char in flat if not unicodedata.combining(char))
    line = " ".join(bare.split()).upper()
    return line if PLAIN.fullmatch(line) else None
