"""File a document in DrChrono: looked for by our identifier, then uploaded once.

The identifier with the content's hash is a tag and stands in the description: other content is
filed beside. One that somebody archived is not filed again. PDF only: other types are refused here.
What was sent and not answered is looked for once more.
"""

import base64
import binascii
import json
from collections.abc import Iterable

from nodes.audit import sha256
from nodes.ehr.drchrono.patients import Match
from nodes.ehr.drchrono.rest import Item, Rest, text, written
from nodes.ehr.filing import WITHDRAWN, File, Filed, Filing
from nodes.errors import UpstreamFailed
from nodes.fhir import tree

TAG = "Prior Authorization"


def file(filing: Filing, rest: Rest, patient: Match) -> Filed:
    """Upload a document unless it is there; raises only where nothing was sent."""
    if filing.file is None or filing.file.content_type != "application/pdf":
        return refused(filing, "DrChrono takes documents as PDF")
    if patient.doctor is None:
        return refused(filing, "the patient has no doctor in DrChrono, whom a document needs")
    if there := find(filing, rest, patient):
        id_ = text(there.get("id"))
        if there.get("archived") is True:
            return filed(filing, "refused", id_, WITHDRAWN)
        return filed(filing, "already_there", id_)
    try:
        body, headers = upload(filing, filing.file, patient.id, patient.doctor)
    except (binascii.Error, ValueError):
        return refused(filing, "the file is not base64")
    outcome = written(lambda: rest.sent("POST", "documents", body, headers), new=True)
    if outcome.kind == "unknown" and (there := found_after_all(filing, rest, patient)):
        return filed(filing, "created", text(there.get("id")))
    return filed(filing, outcome.kind, outcome.id, outcome.detail)


def find(filing: Filing, rest: Rest, patient: Match) -> Item | None:
    """The document with this content that carries our identifier, rather one that is not archived.

    Raises where it cannot be known.
    """
    documents = rest.once("documents", [("patient", patient.id)]).whole()
    ours = [one for one in documents if is_ours(one, filing.version, patient)]
    return min(ours, key=lambda one: one.get("archived") is True, default=None)


def found_after_all(filing: Filing, rest: Rest, patient: Match) -> Item | None:
    """Look once more; None where it is not there yet, or nobody can say."""
    rest.forget("documents")
    try:
        return find(filing, rest, patient)
    except UpstreamFailed:
        return None


def filed(filing: Filing, outcome: str, id_: str | None = None, detail: str | None = None) -> Filed:
    """Say where the document went."""
    return Filed.model_validate(
        {
            "identifier": filing.identifier,
            "way": "drchrono",
            "outcome": outcome,
            "reference": f"documents/{id_}"[:200] if id_ else None,
            "detail": detail,
        }
    )


def refused(filing: Filing, detail: str) -> Filed:
    """Say why DrChrono gets nothing; the next way may take it."""
    return filed(filing, "refused", detail=detail)


def is_ours(one: Item, identifier: str, patient: Match) -> bool:
    """Whether a document of this patient carries our identifier."""
    return (
        text(one.get("id")) is not None
        and text(one.get("patient")) == patient.id
        and (
            identifier in tags(one)
            or (tree.string(one, "description") or "").endswith(f"[{identifier}]")
        )
    )


def tags(one: Item) -> set[str]:
    """Its tags; DrChrono gives them as a list, or as one written as text."""
    found = one.get("metatags")
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except ValueError:
            return set()
    return {tag for tag in found if isinstance(tag, str)} if isinstance(found, list) else set()


def upload(
    filing: Filing, content: File, patient: str, doctor: str
) -> tuple[bytes, dict[str, str]]:
    """Write the form of an upload (multipart/form-data, RFC 7578), and its header."""
    fields = (
        ("patient", patient),
        ("doctor", doctor),
        ("date", filing.on.isoformat()),
        ("description", f"{' '.join(filing.title.split())[:300]} [{filing.version}]"),
        ("metatags", json.dumps([TAG, filing.version])),
    )
    data = base64.b64decode(content.data, validate=True)
    return form(fields, content.name, content.content_type, data)


def form(
    fields: Iterable[tuple[str, str]], name: str, content_type: str, data: bytes
) -> tuple[bytes, dict[str, str]]:
    """Lay out a form with one file, ``document``; the boundary is the content's own hash."""
    boundary = f"prior-auth-{sha256(data)}".encode()
    parts = [
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (boundary, key.encode(), value.encode())
        for key, value in fields
    ]
    head = (
        f'Content-Disposition: form-data; name="document"; filename="{name}"\r\n'
        f"Content-Type: {content_type}\r\n\r\n"
    )
    body = b"%b--%b\r\n%b%b\r\n--%b--\r\n" % (
        b"".join(parts), boundary, head.encode(), data, boundary,
    )  # fmt: skip
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary.decode()}"}
