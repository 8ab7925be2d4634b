"""Whether a document may be a filled form: only then the known forms are looked at."""

from collections.abc import Sequence

from nodes.document import DocumentPage
from nodes.reading.misread import folded
from nodes.reading.source import Source

WORDS = (
    "address authorization birth city code date description diagnosis dob drug fax first form"
    " gender group id initial insurance insured last member name npi number page patient phone"
    " physician plan policy prescriber print provider relationship request requested requesting"
    " section sex signature standard state subscriber urgent yes zip"
)
ASKED = frozenset(folded(one) for one in WORDS.split())
LEAST = 9
SPARSE = 100


def formlike(source: Source) -> bool:
    """Tell by its fields, the words its pages ask with, or values that stand without any."""
    return any(value.name for value in source.values) or any(
        _asks(page) or _bare(page, source.typed.get(page.number, ())) for page in source.pages
    )


def _asks(page: DocumentPage) -> bool:
    words = {folded(word.text.strip(".,:;()[]#*")) for word in page.words}
    return len(words & ASKED) >= LEAST


def _bare(page: DocumentPage, typed: Sequence[object]) -> bool:
    if page.read_by == "ocr":
        return bool(typed)
    letters = "".join(word.text for word in page.words if not word.text.isdigit())
    return bool(letters) and len(page.words) < SPARSE and letters.isupper()
