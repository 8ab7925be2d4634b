"""What must stop a request before its chart is read: all gates of an order in one list."""

from nodes.chart import HardStop
from nodes.fhir import gate, mismatch, providers, sides, tree
from nodes.fhir.cases import Intake

SIGNED = ("requester", "recorder")


def before(found: Intake) -> list[HardStop]:
    """Find what must stop the request, before the chart is read."""
    wanted, client = found.wanted, found.client
    starts = [line.start for line in found.lines]
    stopped = [
        *gate.identity(found.patient, found.reference, wanted.patient),
        *gate.record(found.patient, starts, wanted.as_of),
    ]
    if not found.order:
        return [*stopped, *sides.against_diagnoses(found.lines, found.diagnoses)]
    requester = providers.person(found.order, "requester", client)
    others = [tree.reference(found.order, client.base_url, one) for one in SIGNED]
    if wanted.clinician and providers.same(wanted.clinician.id, requester, client):
        others.append(wanted.clinician.id)
    return [
        *stopped,
        *gate.living(found.order),
        *mismatch.elsewhere(found.order, found.reference, client),
        *mismatch.clinician(wanted.clinician, requester, others),
        *mismatch.services(wanted.stated.services, found.lines),
        *(
            stop
            for order in (found.order, *found.siblings)
            for stop in sides.against_reasons(order, found.conditions.values())
        ),
    ]
