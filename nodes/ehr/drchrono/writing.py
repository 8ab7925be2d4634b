"""Put a document or a task into DrChrono's record."""

from nodes.case import Patient
from nodes.ehr.drchrono import documents, tasks
from nodes.ehr.drchrono.patients import match
from nodes.ehr.drchrono.rest import Rest
from nodes.ehr.filing import Filed, Filing
from nodes.errors import Refused


def file(filing: Filing, rest: Rest, patient: Patient) -> Filed:
    """File one thing for a patient, who is found in the REST API by who they are.

    ``refused``: DrChrono does not take it, or the patient could not be told apart: the next way
    may. ``unknown``: it was sent and not answered. Raises UpstreamFailed, UpstreamBusy and
    UpstreamTimeout only while looking, before anything is sent: then a retry is safe.
    """
    try:
        found = match(rest, patient)
    except Refused as error:
        return documents.refused(filing, str(error))
    if filing.kind == "task":
        return tasks.file(filing, rest, found)
    return documents.file(filing, rest, found)
