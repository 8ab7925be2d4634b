"""A scene's documents: plain words as the text, HTML, RTF, CDA and PDF that EHRs keep."""

import base64
import re
from collections.abc import Iterator
from html import escape

from nodes.pdf.drawn.addendum import pages
from server.sandbox.staging.clinical import Chart
from server.sandbox.staging.entries import PaperEntry
from server.sandbox.staging.scene import Person
from server.sandbox.staging.shapes import Json, concept, filled, moment, pointer

TYPES = {
    "progress": ("LOINC 11506-3", "Progress note"),
    "consult": ("LOINC 11488-4", "Consult note"),
    "discharge": ("LOINC 18842-5", "Discharge summary"),
    "therapy": ("LOINC 28579-1", "Physical therapy note"),
    "imaging": ("LOINC 18748-4", "Diagnostic imaging study"),
    "pathology": ("LOINC 11526-1", "Pathology study"),
    "letter": ("LOINC 51852-2", "Letter"),
}
CATEGORY = {
    "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
    "code": "clinical-note",
}
MEDIA = {
    "text": "text/plain",
    "html": "text/html",
    "rtf": "application/rtf",
    "cda": "application/hl7-cda+xml",
    "pdf": "application/pdf",
}
HEADING = re.compile(r"([A-Z][A-Z /&,'()\-]{2,60}):[ ]?")


def documents(chart: Chart, key: str, entry: PaperEntry, about: Person) -> Iterator[Json]:
    """Write a document, and the Binary it stands in where it stands apart."""
    signer = chart.practice.clinicians[entry.by].display
    data = base64.b64encode(rendered(entry, about, signer)).decode()
    media = MEDIA[entry.format]
    attachment: Json = {
        "contentType": media,
        "title": entry.title,
        "creation": moment(entry.day, "15:00:00"),
    }
    whose = f"Patient/pt-{chart.person.key}"
    name = f"{chart.person.key}-{key}"
    if entry.apart:
        yield {
            "resourceType": "Binary",
            "id": f"bin-{name}",
            "contentType": media,
            "securityContext": pointer(whose),
            "data": data,
        }
        attachment["url"] = f"Binary/bin-{name}"
    else:
        attachment["data"] = data
    code, words = TYPES[entry.type]
    visit = f"Encounter/enc-{chart.person.key}-{entry.visit}"
    yield filled(
        chart.start("DocumentReference", "doc", key)
        | {
            "status": "current",
            "docStatus": "final",
            "type": concept((code,), words),
            "category": [{"coding": [CATEGORY]}],
            "date": moment(entry.day, "15:00:00"),
            "author": [chart.who(entry.by)],
            "content": [{"attachment": attachment}],
            "context": {"encounter": [pointer(visit)]} if entry.visit else None,
        }
    )


def rendered(entry: PaperEntry, about: Person, signer: str) -> bytes:
    """Give a document's bytes in its format; the same words always give the same bytes."""
    paragraphs = [part.strip() for part in entry.text.strip().split("\n\n")]
    title = f"{entry.title.upper()} - {entry.day:%m/%d/%Y}"
    if entry.format == "cda":
        return _cda(title, paragraphs, entry, about, signer).encode()
    if entry.format == "pdf":
        parts = [("", " ".join(part.split("\n"))) for part in [*paragraphs, signer]]
        return pages(title, whose(about), parts)
    lines = ["RIVERBEND SPINE AND PRIMARY CARE", title, whose(about)]
    if entry.format == "html":
        return _html(lines, [*paragraphs, signer]).encode()
    text = "\n\n".join(["\n".join(lines), *paragraphs, signer]) + "\n"
    return _rtf(text).encode("ascii") if entry.format == "rtf" else text.encode()


def whose(person: Person) -> str:
    """Write the line that says whose a document is."""
    name = f"{person.given[0]} {person.family}"
    return f"Patient: {name}   DOB: {person.born:%m/%d/%Y}   MRN: {person.mrn}"


def _html(lines: list[str], paragraphs: list[str]) -> str:
    head = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    body = "".join(
        f"<p>{escape(part).replace(chr(10), '<br/>')}</p>\n"
        if not (found := HEADING.match(part))
        else f"<h3>{escape(found[1])}:</h3>\n<p>{escape(part[found.end() :])}</p>\n"
        for part in paragraphs
    )
    style = "<style>h3 { margin: 0 }</style>"
    return f"<html><head><title>Note</title>{style}</head><body>\n{head}{body}</body></html>\n"


def _rtf(text: str) -> str:
    marked = re.sub(r"[\\{}]", r"\\\g<0>", text)
    found = re.sub(r"[^\x00-\x7f]", lambda match: f"\\u{ord(match[0])}?", marked)
    body = found.replace("\n", "\\par\n")
    return "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\\f0\\fs22\n" + body + "}"


def _cda(title: str, paragraphs: list[str], entry: PaperEntry, about: Person, signer: str) -> str:
    code, words = TYPES[entry.type]
    sections = "".join(_section(part) for part in paragraphs)
    given = "".join(f"<given>{escape(name)}</given>" for name in about.given[:1])
    gender = "F" if about.sex == "female" else "M"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="2.16.840.1.113883.19.5.2" extension="{about.mrn}-{entry.day:%Y%m%d}"/>
<code code="{code.partition(" ")[2]}" codeSystem="2.16.840.1.113883.6.1" displayName="{words}"/>
<title>{escape(title)}</title>
<effectiveTime value="{entry.day:%Y%m%d}"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<recordTarget><patientRole>
<id root="2.16.840.1.113883.19.5.1" extension="{about.mrn}"/>
<patient><name>{given}<family>{escape(about.family)}</family></name>
<administrativeGenderCode code="{gender}" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="{about.born:%Y%m%d}"/></patient>
</patientRole></recordTarget>
<author><time value="{entry.day:%Y%m%d}"/><assignedAuthor>
<id root="2.16.840.1.113883.19.5.3" extension="{entry.by}"/>
<assignedPerson><name>{escape(signer)}</name></assignedPerson></assignedAuthor></author>
<component><structuredBody>
{sections}</structuredBody></component>
</ClinicalDocument>
"""


def _section(part: str) -> str:
    found = HEADING.match(part)
    heading = f"<title>{escape(found[1])}:</title>" if found else ""
    lines = part[found.end() :] if found else part
    body = "".join(f"<paragraph>{escape(line)}</paragraph>" for line in lines.split("\n"))
    return f"<component><section>{heading}<text>{body}</text></section></component>\n"
