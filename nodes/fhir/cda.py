"""A clinical document (HL7 CDA R2, C-CDA) as its reader sees it: titles and narrative text.

The narrative is what was attested (CDA R2, 1.2.3); entries only repeat it in codes. Of the header
title, day, author and the patient's name and birth date are shown: whose it is can be checked.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nodes.fhir.tree import Unreadable

HL7 = "{urn:hl7-org:v3}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LINES = {
    "paragraph", "list", "item", "table", "thead", "tbody", "tfoot", "tr", "caption", "br", "text",
    "title", "section", "p", "div", "li", "footnote",
}  # fmt: skip
CELLS = {"td", "th"}
DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
Inside = tuple[str, str]


def root(content: bytes) -> Element:
    """Parse XML without entities or external parts; Unreadable for anything else."""
    try:
        found = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable("its XML declares entities or a document type") from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise Unreadable("its XML cannot be parsed") from None
    assert isinstance(found, Element)
    return found


def is_document(found: Element) -> bool:
    """Whether it is a CDA document."""
    return found.tag == f"{HL7}ClinicalDocument"


def shown(document: Element) -> str:
    """Give title, day, author, and each section's title and text; a line per block."""
    body = document.find(f"{HL7}component/{HL7}structuredBody")
    words = [] if body is None else list(_narratives(body))
    if not any(part.strip() for part in words):
        return ""
    lines = "".join(f"{line}\n" for line in _head(document)) + "".join(words)
    tidy = (" ".join(line.split()) for line in lines.split("\n"))
    return "\n".join(line for line in tidy if line)


def enclosed(document: Element) -> tuple[str, str] | None:
    """Give the media type and base64 content of a document that wraps another format."""
    text = document.find(f"{HL7}component/{HL7}nonXMLBody/{HL7}text")
    if text is None or text.get("representation") != "B64" or not text.text:
        return None
    return text.get("mediaType") or "text/plain", text.text


def _head(document: Element) -> Iterator[str]:
    yield document.findtext(f"{HL7}title") or ""
    when = document.find(f"{HL7}effectiveTime")
    day = DAY.match(when.get("value") or "") if when is not None else None
    if day:
        yield "-".join(day.groups())
    yield from whose(document)
    who = f"{HL7}author/{HL7}assignedAuthor/{HL7}assignedPerson/{HL7}name"
    for name in document.iterfind(who):
        yield " ".join(part.strip() for part in name.itertext() if part.strip())


def whose(document: Element) -> Iterator[str]:
    """Give whose document it is: name and birth date of each record target."""
    for patient in document.iterfind(f"{HL7}recordTarget/{HL7}patientRole/{HL7}patient"):
        for name in patient.findall(f"{HL7}name")[:1]:
            parts = [*name.findall(f"{HL7}given"), *name.findall(f"{HL7}family")]
            said = [(part.text or "").strip() for part in parts] if parts else list(name.itertext())
            yield f"Patient: {' '.join(' '.join(said).split())}"
        born = patient.find(f"{HL7}birthTime")
        day = DAY.match(born.get("value") or "") if born is not None else None
        if day:
            yield f"DOB: {'-'.join(day.groups())}"


def _narratives(body: Element) -> Iterator[str]:
    """Go through the sections in document order, without recursion: documents may be deep."""
    pending = [body]
    while pending:
        part = pending.pop()
        if part.tag == f"{HL7}section":
            for name in ("title", "text"):
                found = part.find(f"{HL7}{name}")
                if found is not None:
                    yield "\n"
                    yield from _words(found)
        inner = [c for c in part if c.tag in (f"{HL7}component", f"{HL7}section")]
        pending += reversed(inner)


def _words(block: Element) -> Iterator[str]:
    """Give a block's words; what was deleted in a revision is left out."""
    pending: list[Element | str] = [block]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            yield part
            continue
        name = part.tag.removeprefix(HL7).removeprefix(XHTML).lower() if part.tag else ""
        gap = "\n" if name in LINES else " " if name in CELLS else ""
        inner: list[Element | str] = [gap, (part.text or "").replace("\n", " ")]
        if part.get("revised") != "delete":
            for child in part:
                inner += [child, (child.tail or "").replace("\n", " ")]
            pending += reversed([*inner, gap])
