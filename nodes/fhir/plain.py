"""A document's words where they stand in it as plain text: the usual case, told cheaply."""

import binascii
from typing import Any

from nodes.fhir.tree import UNSEEN, Resource

LONGEST = 400_000
CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
MARKS = ("%PDF-", "{\\rtf")
HEAD = "text/plain"
UTF8 = {"", "charset=utf-8", "charset=us-ascii"}


def text(resource: Resource) -> str | None:
    """Give the words of a DocumentReference or DiagnosticReport, of all its renditions.

    None wherever they are not plain text in place, in UTF-8, with nothing invisible in it.
    """
    found = resource.get("content", resource.get("presentedForm"))
    if not isinstance(found, list) or not found:
        return None
    held = [_held(item) for item in found]
    words = [_words(item) for item in held]
    return None if None in words else "\n".join(word for word in words if word)


def _held(item: Any) -> Any:
    return item["attachment"] if isinstance(item, dict) and "attachment" in item else item


def _words(attachment: Any) -> str | None:
    if not isinstance(attachment, dict) or "hash" in attachment:
        return None
    said, data = attachment.get("contentType"), attachment.get("data")
    if not isinstance(said, str) or not isinstance(data, str):
        return None
    kind, _, parameters = said.lower().partition(";")
    if kind != HEAD or parameters.strip() not in UTF8:
        return None
    try:
        raw = binascii.a2b_base64(data, strict_mode=True)
        found = raw.decode()
    except ValueError:
        return None
    if len(found) > LONGEST or found.lstrip("\ufeff \t\r\n").startswith(MARKS):
        return None
    if raw.isascii():
        unseen = len(raw.translate(None, CONTROLS)) < len(raw)
    else:
        unseen = UNSEEN.search(found) is not None
    return found if found.strip() and not unseen else None
