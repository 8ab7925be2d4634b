"""The packet: exactly what a clinician attests and a payer receives, bound by one hash."""

from base64 import b64decode
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from nodes.assessment import Assessment
from nodes.audit import Model, Sha256, Used
from nodes.case import Case, Text
from nodes.chart import Chart, HardStop, Note
from nodes.prose import Summary

HIDDEN = (
    r"\u0000-\u001f\u007f-\u009f"  # controls
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # changes of direction
    r"\u200b-\u200d\u2028\u2029\u2060-\u2065\ufeff"  # no width, and line separators
)
SHOWN = StringConstraints(pattern=f"^[^{HIDDEN}]*$")
Shown = Annotated[str, SHOWN]
Statement = Annotated[Text, SHOWN]
TemplateName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9\-]{1,40}/[a-z0-9\-]{1,60}$")]


def _base64(text: str) -> str:
    try:
        b64decode(text, validate=True)
    except ValueError:
        raise ValueError("must be base64") from None
    return text


Base64 = Annotated[str, Field(min_length=4, max_length=28_000_000), AfterValidator(_base64)]


class FormUpload(Model):
    """A form of the caller's own with the mapping that fills it; inspect-form proposes one."""

    pdf_base64: Base64 = Field(description="Of at most 20 MB")
    mapping: str = Field(max_length=400_000, description="A mapping.yaml, as text")


class FieldFill(Model):
    """What one field of a form got, and from where."""

    id: str = Field(description="Stable id in the mapping, such as patient.name")
    label: Text
    value: str | None = Field(default=None, max_length=20_000, description="None: left blank")
    by: Literal["case", "fact", "summary", "policy", "default", "never"] = Field(
        description="What filled it; never: signatures and the like, left to a person"
    )
    source: str | None = Field(default=None, description="Case path, fact id or criterion")


class Continued(Model):
    """A text that did not fit its place and stands whole on an addendum page."""

    field: str = Field(description="Its id in the mapping")
    characters: int = Field(ge=1, description="Of the whole text")
    shown: int = Field(ge=0, description="Of the text in its place; 0: the place points to here")
    page: int = Field(ge=1, description="Of the filled PDF, where the whole text begins")


class FormNotice(Model):
    """Why a value is not, or not as it is, on the form; never the value itself.

    invalid: it fails the field's check. no_box: no box of the form stands for it.
    cut_short: its fields together would not hold all of it. taken: another
    entry filled the same field. unencodable: a character that no font has. hidden: the field does
    not show. The others are faults of the mapping against the form.
    """

    field: str = Field(description="Its id in the mapping")
    code: Literal[
        "invalid",
        "no_box",
        "cut_short",
        "taken",
        "unencodable",
        "hidden",
        "unknown_field",
        "ambiguous",
        "bad_choice",
        "too_long",
        "overflow",
        "signature",
    ]


class FilledForm(Model):
    """A payer's form, filled."""

    template: TemplateName
    template_sha256: Sha256
    unverified: bool = Field(
        default=False,
        description="The mapping was never tried on the issuer's PDF: compare each value with its"
        " label before this is sent",
    )
    pdf_base64: str
    sha256: Sha256 = Field(description="Of the PDF's bytes")
    pages: int = Field(ge=1)
    fields: tuple[FieldFill, ...]
    missing_required: tuple[str, ...] = ()
    overflow: tuple[str, ...] = Field(default=(), description="Continued on an addendum page")
    unprintable: tuple[str, ...] = Field(
        default=(), description="Fields with a character no font here has, drawn as U+FFFD"
    )
    continued: tuple[Continued, ...] = Field(
        default=(), description="Of the overflow: what is shown in place, and where it goes on"
    )
    notices: tuple[FormNotice, ...] = ()
    unmapped_paths: tuple[str, ...] = Field(
        default=(), description="Case paths with a value that this form takes nowhere"
    )
    unmapped_fields: tuple[str, ...] = Field(
        default=(), description="The form's fields that its mapping does not name"
    )


class FormInputs(Model):
    """What a form was made of beside case, summary and assessment, to make it again after an edit.

    Of the chart only what the form shows: facts, and no notes.
    """

    chart: Chart | None = None
    pdf_base64: Base64 | None = Field(default=None, description="The issuer's PDF, if sent along")
    upload: FormUpload | None = Field(default=None, description="The form, if it was uploaded")


class Transaction(Model):
    """An X12 interchange to be sent, and the numbers that make a retry the same request."""

    edi: str = Field(max_length=1_000_000)
    sha256: Sha256 = Field(description="Of the EDI text in UTF-8")
    control_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] = Field(
        description="ISA13"
    )
    trace_number: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,50}$")] = Field(
        description="TRN02 and BHT03: the request's identity at the payer"
    )
    payer_profile: Used | None = Field(
        default=None, description="What it was written by; none: the profile for the payer's id"
    )


class SentenceEdit(Model):
    """A reviewer's change to one sentence of the summary."""

    sentence: str = Field(pattern=r"^s[0-9]+$")
    before: str = Field(max_length=2000)
    after: Shown = Field(max_length=2000, description="Empty: the sentence was struck")


class Packet(Model):
    """Everything a reviewer reads and a payer gets; its canonical JSON's hash is its identity."""

    case: Case
    attempt: int = Field(default=1, ge=1, le=99)
    assessment: Assessment
    summary: Summary
    form: FilledForm
    form_inputs: FormInputs | None = Field(
        default=None, description="Beside the parts here; none: they make the form alone"
    )
    transaction: Transaction
    exhibits: tuple[Note, ...] = Field(default=(), description="The notes that are cited")
    hard_stops: tuple[HardStop, ...] = ()
    drafted_by: str = Field(description="Subject of the credential that had it drafted")
    edits: tuple[SentenceEdit, ...] = ()
    revises: Sha256 | None = Field(default=None, description="The packet these edits were made to")


class Attestation(Model):
    """A reviewer's signed word for one packet; the JWS is the proof, the rest is for reading."""

    jws: str = Field(max_length=20_000)
    packet_sha256: Sha256
    subject: str
    name: str
    title: str | None = None
    at: datetime
    expires: datetime
    statement: Statement
    edits: tuple[SentenceEdit, ...] = ()
