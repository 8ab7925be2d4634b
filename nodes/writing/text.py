"""Words as they are shown and as they are compared."""

import re
import unicodedata

BLANKS = re.compile(r"\s+")
DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
QUOTES = str.maketrans(
    "\u2018\u2019\u201a\u201b\u2032\u201c\u201d\u201e\u201f\u2033", "'''''\"\"\"\"\""
)
_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
SQUARED = re.compile(r"(?<=m)[\u00b2\u00b3]")
RAISED = re.compile(rf"(\d)([{_RAISED}])")
FRACTION = re.compile(r"(\d)([\u00bc-\u00be\u2150-\u215e])")
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_STOP = (
    "a an and are as at be been but by for from had has have he her his in into is it its no not"
    " of on or our she since than that the their them then there these they this to under was we"
    " were which who with without patient patient's ms mr mrs dr"
)
STOP = frozenset(_STOP.split())


def clean(text: str) -> str:
    """Make source text fit to print on one line.

    Control, zero-width, bidirectional, tag and private characters go; white space becomes one
    blank. Nothing else changes: compatibility folding would turn 10 to the fifth into 105.
    """
    blank = BLANKS.sub(" ", text)
    if blank.isascii() and blank.isprintable():
        return blank.strip()
    shown = (
        c for c in unicodedata.normalize("NFC", blank) if unicodedata.category(c) not in HIDDEN
    )
    return re.sub(r" +", " ", "".join(shown)).strip()


def fold(text: str) -> str:
    """Fold text for comparison: NFKC, one kind of dash and quotation mark, blanks, lower case."""
    if text.isascii():
        return clean(text).casefold()
    plain = unicodedata.normalize("NFKC", _parted(DASHES.sub("-", text))).translate(QUOTES)
    return clean(DASHES.sub("-", _digits(plain)).replace("\u2044", "/")).casefold()


def _parted(text: str) -> str:
    """Keep a raised digit and a fraction from growing together with the digits before them."""
    raised = SQUARED.sub(lambda m: str(unicodedata.digit(m[0])), text)
    return FRACTION.sub(r"\1 \2", RAISED.sub(r"\1^\2", raised))


def _digits(text: str) -> str:
    return FOREIGN_DIGIT.sub(lambda m: str(unicodedata.digit(m[0])), text)


def contains(source: str, quote: str) -> bool:
    """Say whether a quote stands in a source word for word, whole words, after folding."""
    words = re.escape(fold(quote))
    return bool(words) and bool(re.search(rf"(?<![^\W_]){words}(?![^\W_])", fold(source)))


def content_words(text: str) -> frozenset[str]:
    """Give the words that carry meaning, folded, plural s dropped."""
    found = re.findall(r"[a-z][a-z']+", fold(text))
    return frozenset(w if len(w) < 5 or w.endswith("ss") else w.rstrip("s") for w in found) - STOP


def excerpt(text: str, limit: int = 480) -> tuple[str, bool]:
    """Cut text at the end of a sentence, else of a word, within a limit; say whether it was cut."""
    if len(text) <= limit:
        return text, False
    head = text[:limit]
    ends = [m.end() for m in re.finditer(r"[.!?;](?=\s)", head)]
    cut = ends[-1] if ends and ends[-1] > limit // 3 else head.rfind(" ")
    return (head[:cut] if cut > 0 else head).rstrip() or head, True


def ended(text: str) -> str:
    """Close a sentence with a full stop, unless it is closed already."""
    return text if re.search(r"[.!?][\"')\]]?$", text) else text.rstrip(" ,;:") + "."


def listed(items: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Write a list as prose: a, b and c."""
    head, tail = list(items[:-1]), items[-1] if items else ""
    return f"{', '.join(head)} {last} {tail}" if head else tail


def heading(text: str) -> bool:
    """Say whether words are only a heading or letterhead: no small letter, no number in them."""
    return text == text.upper() and len(text.split()) < 12 and not re.search(r"\d", text)


def labelled(text: str) -> tuple[str, str]:
    """Split a note's section label, such as ``ASSESSMENT:``, from the words after it."""
    match = re.match(r"([A-Z][A-Z /&-]{2,40}): (?=\S)", text)
    return (match[1].lower(), text[match.end() :]) if match else ("", text)


def tidied(text: str) -> str:
    """Drop UCUM annotations such as ``{score}`` and doubled stops from a record's words.

    A limit and the value after it, ``30 {events}: 140 {events}``, must not become a ratio.
    """
    text = re.sub(r" ?\{[A-Za-z_ ]{1,30}\}: (?=\d)", ", namely ", text)
    return re.sub(r" ?\{[A-Za-z_ ]{1,30}\}", "", text).replace(".;", ";")
