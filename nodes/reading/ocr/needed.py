"""Whether a page's own text can be trusted, or the page must be looked at and recognised."""

import re

CID = re.compile(r"\(cid:\d{1,6}\)")
LETTERS = re.compile(r"[^\W\d_]+")
COMMON = frozenset(
    [
        *("th", "he", "in", "er", "an", "re", "on", "at", "en", "nd", "ti", "es", "or", "te", "of"),
        *("ed", "is", "it", "al", "ar", "st", "to", "nt", "ng", "se", "ha", "as", "ou", "io", "le"),
        *("ve", "co", "me", "de", "hi", "ri", "ro", "ic", "ne", "ea", "ra", "ce", "li", "ch", "ll"),
        *("ma", "ta", "la", "el", "ia", "do", "os", "ue", "qu", "ca", "na", "ie", "di", "si", "il"),
    ]
)
ENOUGH = 60
STRANGE, FEW_COMMON, CIDS = 0.08, 0.17, 3
PICTURE, LITTLE_PICTURE = 0.3, 0.02
FEW_WORDS = 60
HIDDEN = 0.5


def needs_ocr(
    text: str, *, picture_share: float, hidden_share: float = 0.0, drawn: bool = True
) -> tuple[str, ...]:
    """Say why a PDF page must be recognised from its picture; nothing where it need not be.

    ``text``: its own text. ``picture_share``: part of the page that pictures cover, between 0 and
    1. ``hidden_share``: part of its letters that are not drawn (an earlier OCR's layer).
    ``drawn``: something is on the page at all. The reasons hold no word of the page.
    """
    words = text.split()
    if not words:
        return ("it has no text of its own",) if drawn or picture_share > LITTLE_PICTURE else ()
    reasons = []
    if len(CID.findall(text)) >= CIDS or _strange(text) > STRANGE:
        reasons.append("its text has signs without a meaning (its fonts do not tell their letters)")
    elif not _like_words(text):
        reasons.append("its text does not read like words (its fonts tell wrong letters)")
    if hidden_share > HIDDEN:
        reasons.append("its text is an invisible layer, recognised by another program")
    elif picture_share > PICTURE and len(words) < FEW_WORDS:
        reasons.append("it has few words of its own beside a large picture")
    return tuple(reasons)


def _strange(text: str) -> float:
    """Share of signs that no text has: control, private use, unassigned, replacement."""
    marks = [mark for mark in text if not mark.isspace()]
    odd = sum(
        not mark.isprintable() or mark == "\ufffd" or "\ue000" <= mark <= "\uf8ff" for mark in marks
    )
    return odd / max(1, len(marks))


def _like_words(text: str) -> bool:
    """Whether pairs of letters are those of a European language, where there are enough of them."""
    plain = CID.sub(" ", text)[:20_000].lower()
    pairs = [word[n : n + 2] for word in LETTERS.findall(plain) for n in range(len(word) - 1)]
    ours = [pair for pair in pairs if pair.isascii()]
    if len(ours) < ENOUGH:
        letters = sum(map(str.isalnum, plain))
        marks = sum(not mark.isspace() for mark in plain)
        return marks < ENOUGH or letters >= 0.5 * marks
    return sum(pair in COMMON for pair in ours) >= FEW_COMMON * len(ours)
