"""Write to an EHR over FHIR without writing twice: look first, send once, look again when unsure.

No vendor has idempotency keys. ``If-None-Exist`` and ``If-Match`` (FHIR R4, http.html, 3.1.0.5 and
3.1.0.8) are sent too, for the servers that obey them.
"""

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode, urljoin

from nodes import http
from nodes.ehr import address
from nodes.errors import UpstreamFailed, UpstreamTimeout
from nodes.fhir import tree
from nodes.fhir.belonging import ELEMENTS, mismatch
from nodes.fhir.tree import Resource

if TYPE_CHECKING:
    from nodes.fhir.client import Client

SENT = {"Accept": "application/fhir+json", "Content-Type": "application/fhir+json"}
PLACE = re.compile(r"(?:^|/)([A-Z][A-Za-z]{1,63}/[A-Za-z0-9\-._]{1,200})(?:/_history/[^/]*)?$")
CHANGED = {409, 412}
Identifier = tuple[str, str]


@dataclass(frozen=True)
class Stored:
    """What became of one write; ``unknown``: look before sending again. ``detail`` has no PHI."""

    outcome: Literal["created", "already_there", "updated", "refused", "unknown"]
    reference: str | None = None
    detail: str | None = None


def create(
    client: "Client", resource: Resource, identifier: Identifier, *, looked: bool = False
) -> Stored:
    """Store a new resource that carries this identifier (system, value), unless it is there.

    Where the EHR does not let anybody look for it first, nothing is sent. A failed send is looked
    for once more, while there is time. Raises UpstreamBusy, or UpstreamFailed before it was sent.
    ``looked``: the caller has just looked, for several at once.
    """
    earlier = None if looked else find(client, resource, identifier)
    if isinstance(earlier, Stored):
        return earlier
    kind = str(resource["resourceType"])
    condition = urlencode([("identifier", "|".join(identifier))])
    try:
        answer = client.connection.send(
            "POST",
            f"{client.base_url}/{kind}",
            json.dumps(resource).encode(),
            {**SENT, "If-None-Exist": condition},
        )
    except UpstreamTimeout:
        return _again(client, resource, identifier, "created")
    place = _place(answer, kind, client.base_url)
    if answer.status == 201 and place and _believed(client, answer, resource):
        return Stored("created", place)
    if answer.status == 200 and place and _believed(client, answer, resource, identifier):
        return Stored("already_there", place)
    if answer.status in CHANGED:
        again = _again(client, resource, identifier, "already_there")
        return again if again.reference else _refused(answer)
    if answer.status // 100 == 4:
        return _refused(answer)
    outcome: Literal["created", "already_there"] = (
        "already_there" if answer.status == 200 else "created"
    )
    return _again(client, resource, identifier, outcome)


def find(client: "Client", resource: Resource, identifier: Identifier) -> Stored | None:
    """Look for what carries an identifier; None: it is not there, a refusal: nobody can know."""
    system, value = identifier
    paging = client.paging(
        str(resource["resourceType"]), [("identifier", f"{system}|{value}")], _patient(resource)
    )
    paging.found.kept = 0
    for name, other in client.pages(paging):
        if _carries(other, identifier):
            paging.found.kept = 1
            return Stored("already_there", name)
    if paging.found.lost:
        return Stored("refused", detail="the EHR does not let this server look for it first")
    return None


def update(client: "Client", resource: Resource, version: str) -> Stored:
    """Replace a resource, if it still is in the version it was read in (``meta.versionId``)."""
    name = tree.name_of(resource) or ""
    try:
        answer = client.connection.send(
            "PUT",
            client.address(name),
            json.dumps(resource).encode(),
            {**SENT, "If-Match": f'W/"{version}"'},
        )
    except UpstreamTimeout:
        return _replaced(client, resource, name)
    if answer.status in {200, 201}:
        return Stored("updated", name)
    if answer.status in CHANGED:
        return Stored("refused", name, "it was changed meanwhile: read it again")
    if answer.status >= 500:
        return _replaced(client, resource, name)
    return _refused(answer)


def _replaced(client: "Client", resource: Resource, name: str) -> Stored:
    """Read it again: when all that was sent stands there, it was replaced."""
    try:
        answer = client.ask(client.address(name), {"Accept": "application/fhir+json"})
        stands = tree.loads(answer.body) if answer.status == 200 else None
    except (UpstreamFailed, ValueError):
        stands = None
    sent = tree.loads(json.dumps(resource).encode())
    same = isinstance(stands, dict) and all(
        stands.get(key) == value for key, value in sent.items() if key not in {"meta", "text"}
    )
    return Stored("updated" if same else "unknown", name, None if same else _UNSURE)


_UNSURE = "the EHR did not say what became of it: look before sending again"


def _again(
    client: "Client",
    resource: Resource,
    identifier: Identifier,
    outcome: Literal["created", "already_there"],
) -> Stored:
    """Look once more for what may have been stored."""
    found = None
    if client.connection.left() > 0:
        try:
            found = find(client, resource, identifier)
        except UpstreamFailed:
            found = None
    if found and found.reference:
        return Stored(outcome, found.reference)
    return Stored("unknown", detail=_UNSURE)


def _carries(resource: Resource, identifier: Identifier) -> bool:
    held = [
        (tree.string(one, "system"), tree.string(one, "value"))
        for name in ("identifier", "masterIdentifier")
        for one in tree.items(resource.get(name))
    ]
    return identifier in held


def _patient(resource: Resource) -> str | None:
    """Give the patient a resource names; its search must not be over all patients."""
    named = [tree.string(resource, element, "reference") or "" for element in ELEMENTS]
    return next((name for name in named if name.startswith("Patient/")), None)


def _believed(
    client: "Client", answer: http.Answer, sent: Resource, identifier: Identifier | None = None
) -> bool:
    """Whether an answer's body is of no other patient; with an identifier, what carries it too."""
    stands = _body(answer) or {}
    if stands.get("resourceType") != sent["resourceType"]:
        return identifier is None and stands.get("resourceType") in {None, "OperationOutcome"}
    patient = _patient(sent)
    if patient and mismatch(stands, patient, client.base_url) == "another_patient":
        return False
    return identifier is None or _carries(stands, identifier)


def _body(answer: http.Answer) -> Resource | None:
    try:
        said = tree.loads(answer.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _place(answer: http.Answer, kind: str, base_url: str) -> str | None:
    """Find what the EHR calls it: in Location (or Content-Location), else in the body."""
    for header in ("location", "content-location"):
        said = answer.headers.get(header, "")
        if not said or not address.same(urljoin(f"{base_url}/", said), base_url):
            continue
        found = PLACE.search(said.partition("?")[0])
        if found and found[1].startswith(f"{kind}/"):
            return found[1]
    name = tree.name_of(_body(answer) or {})
    return name if name and PLACE.fullmatch(name) and name.startswith(f"{kind}/") else None


def _refused(answer: http.Answer) -> Stored:
    return Stored("refused", detail=f"the EHR refused it ({answer.status})")
