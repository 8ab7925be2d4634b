"""How well a document is read: its kind, and the parts of a bundle.

A request gives ``text``, or ``pages`` of text, in place of ``content_base64``; ``misread`` are
the letters in a hundred that are taken for another as recognition takes them, always the same ones.
``expect``: ``kind``; or ``parts``, in order: kind (``cover`` for a fax cover sheet) and page or
pages, ``order 2-3``.
"""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from nodes.document import DocumentPart
from nodes.read_document import ReadDocumentResponse
from server.evaluating.point import Point

TAKEN_FOR = dict(zip("oOlISBeacnurtfgmi01", "0Ql15Bcoeunnftqn1Ol", strict=True))

MADE = {"text", "pages"}


def prepare(body: dict[str, Any]) -> dict[str, Any]:
    """Make the bytes of a text; a whole request stays as it is."""
    texts = body.get("pages") or [body["text"]] if MADE & body.keys() else None
    if texts is None:
        return body
    said = "\f".join(misread(text, body.get("misread", 0)) for text in texts)
    rest = {name: one for name, one in body.items() if name not in {*MADE, "misread"}}
    return rest | {"content_base64": base64.b64encode(said.encode()).decode(), "words": False}


def misread(text: str, share: int) -> str:
    """Take so many letters in a hundred for those that look like them."""
    return "".join(
        TAKEN_FOR.get(char, char) if share and _chance(text, at) < share else char
        for at, char in enumerate(text)
    )


def score(expect: Any, response: ReadDocumentResponse) -> Iterator[Point]:
    """Compare the kind, or the parts of a bundle, with what the case says."""
    document = response.document
    if "kind" in expect:
        right = document.kind == expect["kind"]
        yield Point("kind", "hit" if right else "miss", f"{expect['kind']}, not {document.kind}")
        wrong = not right and document.kind != "unknown"
        yield Point("not mistaken", "miss" if wrong else "hit", document.kind)
    if "parts" in expect:
        got = [_said(part) for part in document.parts]
        yield Point(
            "parts", "hit" if got == expect["parts"] else "miss", f"{expect['parts']}, not {got}"
        )
    told = document.kind != "unknown" or bool(document.must_look)
    yield Point("looked at", "hit" if told else "miss")


def _said(part: DocumentPart) -> str:
    pages = str(part.first) if part.first == part.last else f"{part.first}-{part.last}"
    return f"{'cover' if part.cover else part.kind} {pages}"


def _chance(text: str, at: int) -> int:
    return hashlib.sha256(f"{at}:{text[at : at + 9]}".encode()).digest()[0] * 100 // 256
