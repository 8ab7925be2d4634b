"""Read a 275: an index of its attachments, each with what links it to a request or a claim."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from nodes.audit import Model, Sha256, sha256
from nodes.x12.acknowledging.ack_values import number, value
from nodes.x12.guide import dictionary
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.segments import Segment
from nodes.x12.values import day

BASE64 = "B64"
LOINC = "LOI"


class Reference(Model):
    """A number of the patient, the claim, the review or a service line (REF)."""

    kind: str = Field(description="REF01 as received, such as EJ patient account")
    number: str


class AttachedFile(Model):
    """One file of an attachment: what it is called, how long it is and its hash."""

    name: str | None = Field(default=None, description="EFI11 or OOI03")
    filter: str | None = Field(default=None, description="BDS01, such as B64")
    sent_length: int | None = Field(default=None, description="BIN01 or BDS02")
    length: int = Field(description="Bytes of the file itself, base64 undone")
    sha256: Sha256 = Field(description="Of the file itself")
    sound: bool = Field(description="No: it is not as long as said, or no base64 though said so")
    content_base64: str | None = Field(default=None, description="The file; only on demand")


class IndexedAttachment(Model):
    """One attachment (LX): the link, the kind of information, and its files."""

    number: str = Field(description="LX01")
    control_number: str | None = Field(
        default=None, description="TRN02: the PWK06 of our 278 or claim, or the payer's number"
    )
    asked_for: bool | None = Field(
        default=None, description="TRN01: 2 answers a request for information, 1 was sent unasked"
    )
    report: str | None = Field(default=None, description="CAT01, list 755, such as OZ")
    report_words: str | None = Field(default=None, description="In our words, if known")
    format: str | None = Field(default=None, description="CAT02, such as HL or TX")
    loinc: tuple[str, ...] = Field(default=(), description="LOINC codes of the question answered")
    submitted: date | None = None
    references: tuple[Reference, ...] = ()
    files: tuple[AttachedFile, ...] = ()


class Attachments(Model):
    """One 275."""

    control_number: str = Field(description="ST02")
    guide: str = Field(description="ST03 or GS08")
    purpose: str = Field(description="BGN01: 02 unasked, 11 answer to a request")
    reference: str | None = Field(default=None, description="BGN02")
    member_id: str | None = None
    references: tuple[Reference, ...] = Field(default=(), description="Of patient, claim or review")
    attachments: tuple[IndexedAttachment, ...] = ()
    unread: tuple[str, ...] = Field(
        default=(), description="Segments not understood, by id and place; none is dropped"
    )


@dataclass(slots=True)
class Open:
    """An attachment while it is read."""

    said: dict[str, Segment] = field(default_factory=dict)
    questions: list[Segment] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    files: list[AttachedFile] = field(default_factory=list)
    named: str | None = None


@dataclass(slots=True)
class Reading275:
    """One 275 while it is read."""

    transaction: TransactionSet
    include_content: bool
    begin: Segment | None = None
    member: str | None = None
    references: list[Reference] = field(default_factory=list)
    found: list[Open] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def read(self) -> Attachments:
        """Read all of it."""
        for segment in self.transaction.segments[1:]:
            (self.detail if self.found else self.heading)(segment)
        return Attachments(
            control_number=self.transaction.control,
            guide=self.transaction.guide,
            purpose=value(self.begin, "purpose") if self.begin else "",
            reference=(value(self.begin, "reference") or None) if self.begin else None,
            member_id=self.member,
            references=tuple(self.references),
            attachments=tuple(attachment(one) for one in self.found),
            unread=tuple(self.unread),
        )

    def heading(self, segment: Segment) -> None:
        """What stands before the first LX; names and addresses are not part of the index."""
        if segment.id == "LX":
            self.found.append(Open({"LX": segment}))
        elif segment.id == "BGN":
            self.begin = segment
        elif segment.id == "REF":
            self.references.append(reference(segment))
        elif segment.id == "NM1" and value(segment, "entity") in {"QC", "IL"}:
            self.member = value(segment, "id") or None
        elif segment.id not in {"NM1", "PER", "NX1", "N3", "N4", "DTP", "SE"}:
            self.leave(segment)

    def detail(self, segment: Segment) -> None:
        """A segment of an attachment."""
        one, name = self.found[-1], segment.id
        if name == "LX":
            self.found.append(Open({"LX": segment}))
        elif name in {"TRN", "CAT"} or (name == "DTP" and value(segment, "qualifier") == "368"):
            one.said.setdefault(name, segment)
        elif name == "STC":
            one.questions.append(segment)
        elif name == "REF":
            one.references.append(reference(segment))
        elif name in {"EFI", "OOI"}:
            one.named = value(segment, "file_name" if name == "EFI" else "object") or None
        elif name in {"BIN", "BDS"}:
            one.files.append(attached(segment, one.named, include=self.include_content))
            one.named = None
        elif name not in {"DTP", "SE"}:
            self.leave(segment)

    def leave(self, segment: Segment) -> None:
        """Keep in mind what is not understood."""
        self.unread.append(f"{segment.id} (segment {self.transaction.place(segment)})")


def attachment(one: Open) -> IndexedAttachment:
    """An attachment as it is told."""
    trace, category, submitted = (one.said.get(name) for name in ("TRN", "CAT", "DTP"))
    kind = value(trace, "kind") if trace else ""
    report = value(category, "report") if category else ""
    return IndexedAttachment(
        number=value(one.said["LX"], "number"),
        control_number=(value(trace, "number") or None) if trace else None,
        asked_for={"1": False, "2": True}.get(kind),
        report=report or None,
        report_words=dictionary().lists["report"].get(report),
        format=(value(category, "format") or None) if category else None,
        loinc=tuple(loinc(one.questions)),
        submitted=day(value(submitted, "date")) if submitted else None,
        references=tuple(one.references),
        files=tuple(one.files),
    )


def loinc(questions: Iterable[Segment]) -> Iterable[str]:
    """The LOINC codes of STC01, STC10 and STC11."""
    for segment in questions:
        for name in ("status", "status2", "status3"):
            if value(segment, f"{name}.code_list") == LOINC:
                yield value(segment, f"{name}.status")


def reference(segment: Segment) -> Reference:
    """A REF."""
    return Reference(kind=value(segment, "qualifier"), number=value(segment, "number"))


def attached(segment: Segment, name: str | None, *, include: bool) -> AttachedFile:
    """A BIN or BDS: the data as bytes, and out of base64 where it says so."""
    said = number(value(segment, "length"))
    data = raw(value(segment, "data"), said)
    kind = value(segment, "filter") if segment.id == "BDS" else ""
    content, decoded = undone(data) if kind == BASE64 else (data, True)
    return AttachedFile(
        name=name,
        filter=kind or None,
        sent_length=said,
        length=len(content),
        sha256=sha256(content),
        sound=decoded and said == len(data),
        content_base64=base64.b64encode(content).decode() if include else None,
    )


def raw(text: str, length: int | None) -> bytes:
    """The bytes sent: read as one character each, or as UTF-8; the length given tells which."""
    if len(text) == length and all(ord(sign) < 256 for sign in text):
        return text.encode("latin-1")
    return text.encode("utf-8", "surrogatepass")


def undone(data: bytes) -> tuple[bytes, bool]:
    """Base64 undone, line ends passed over; what is none stays as it is."""
    try:
        return base64.b64decode(b"".join(data.split()), validate=True), True
    except binascii.Error:
        return data, False
