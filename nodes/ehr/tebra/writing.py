"""Put a document into Tebra's record with CreateDocument.

The API cannot list documents, so whether ours is there cannot be looked up: an upload that was not
answered is ``unknown`` and is for a person to look at, and who calls must not file one thing twice.
The elements of DocumentToCreate and their order are as users of the API publish them (DocumentDate,
DocumentNotes, FileContent, FileName, Label, Name, PatientId, PracticeId, Status); not seen in a
WSDL by us.
"""

from math import ceil

from nodes.case import Patient
from nodes.ehr.account import Soap
from nodes.ehr.connection import Connection
from nodes.ehr.filing import File, Filed, Filing
from nodes.ehr.tebra.patients import Match, match, throttles
from nodes.ehr.tebra.soap import Parts, Result, Service, textof
from nodes.errors import Refused, UpstreamBusy, UpstreamFailed, UpstreamTimeout

LABEL, STATUS = "PatientAuthorizationOrReferral", "New"
SILENT = "Tebra did not answer: look in the patient's documents before sending again"


def file(filing: Filing, connection: Connection, patient: Patient, account: Soap) -> Filed:
    """File a document for a patient, who is found in the SOAP API by who they are.

    ``refused``: Tebra does not take it, or the patient could not be told apart: the next way may.
    ``unknown``: it was sent and not answered. Raises UpstreamFailed and its kinds only before the
    document is sent, or where Tebra says that it has not acted: then a retry is safe.
    """
    if filing.kind != "document":
        return filed(filing, "refused", detail="Tebra's SOAP API takes documents, not tasks")
    content = filing.file
    if content is None or content.content_type != "application/pdf":
        return filed(filing, "refused", detail="Tebra takes documents as PDF")
    service = Service(connection, account)
    try:
        found = match(service, patient)
    except Refused as error:
        return filed(filing, "refused", detail=str(error))
    return sent(filing, service, elements(filing, content, found))


def sent(filing: Filing, service: Service, parts: Parts) -> Filed:
    """Send the document once, and judge the answer."""
    try:
        result = service.call("CreateDocument", parts)
    except UpstreamTimeout:
        return filed(filing, "unknown", detail=SILENT)
    except UpstreamBusy as busy:
        if not busy.throttled and busy.retry_after is None:
            return filed(filing, "unknown", detail=SILENT)
        raise UpstreamBusy("Tebra is busy", busy.retry_after or wait(service)) from None
    return concluded(filing, result)


def concluded(filing: Filing, result: Result) -> Filed:
    """Say what became of it."""
    if result.element is None:
        outcome = "refused" if result.refused else "unknown"
        return filed(filing, outcome, detail=result.refused or result.doubt)
    id_ = textof(result.element, "DocumentId") or textof(result.element, "DocumentID")
    if id_ is None or not id_.strip("0"):
        return filed(filing, "unknown", detail="Tebra answered without the document's id")
    return filed(filing, "created", reference=f"Document/{id_}"[:200])


def wait(service: Service) -> int | None:
    """Seconds until CreateDocument may be called again, as GetThrottles tells."""
    try:
        told = throttles(service).get("CreateDocument")
    except UpstreamFailed:
        return None
    return None if told is None else max(1, ceil(told.total_seconds()))


def elements(filing: Filing, content: File, patient: Match) -> Parts:
    """The request's elements, in their order."""
    name = content.name if content.name.lower().endswith(".pdf") else f"{content.name}.pdf"
    said = " ".join(filing.title.split())
    practice = (("PracticeId", patient.practice),) if patient.practice else ()
    return (
        (
            "DocumentToCreate",
            (
                ("DocumentDate", filing.on.isoformat()),
                ("DocumentNotes", f"[{filing.identifier}] {filing.words or ''}".strip()),
                ("FileContent", "".join(content.data.split())),
                ("FileName", name),
                ("Label", LABEL),
                ("Name", f"{said[:150]} [{filing.identifier}]"),
                ("PatientId", patient.id),
                *practice,
                ("Status", STATUS),
            ),
        ),
    )


def filed(
    filing: Filing, outcome: str, *, reference: str | None = None, detail: str | None = None
) -> Filed:
    """Say where the document went."""
    return Filed.model_validate(
        {
            "identifier": filing.identifier,
            "way": "tebra",
            "outcome": outcome,
            "reference": reference,
            "detail": detail,
        }
    )
