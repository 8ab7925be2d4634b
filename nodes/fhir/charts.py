"""The chart of one order: read, cleared of strangers' documents, and held against the order."""

from collections.abc import Callable, Iterable
from datetime import datetime

from nodes.chart import Chart, HardStop, Search, Skipped
from nodes.ehr.drchrono.chart import Beside
from nodes.ehr.drchrono.needed import beside
from nodes.fhir import gate, headers, plans, sides, stops
from nodes.fhir.cases import Intake
from nodes.fhir.need import Need
from nodes.fhir.retrieval import Retrieval
from nodes.suspicion.found import in_case, told_of

TRUNCATED = "the EHR did not give the whole chart: see the manifest's searches, mend, fetch again"
UNREAD = "the chart was not read: it may be another patient's"


def chart(
    found: Intake, need: Need, ehr: str, now: Callable[[], datetime], by: str | None
) -> Chart:
    """Read the chart, unless it may be another patient's; ``by`` asked for it.

    What stops the request stands in the chart: what was found before, a document that is another
    patient's (left out), a side the chart contradicts, a part of the chart that is lost.
    """
    stopped = stops.before(found)
    warnings = [*found.warnings, *gate.doubts(found.patient, found.reference, found.wanted.patient)]
    more = Beside()
    retrieval = Retrieval(found.client, found.reference, need, found.needed())
    if gate.WRONG.isdisjoint(stop.code for stop in stopped):
        retrieval.start(found.read())
        retrieval.run()
        warnings += need.told()
        services = frozenset(line.code for line in found.lines)
        more = beside(found.client.connection, found.case.patient, need, services)
    else:
        warnings.append(UNREAD)
    read = (*retrieval.notes(), *more.notes)
    strange = {note.id for note in headers.strangers(read, found.patient)}
    facts = tuple(f for f in (*retrieval.facts(), *more.facts) if f.source not in strange)
    notes = tuple(note for note in read if note.id not in strange)
    warnings += headers.doubts(notes, found.patient)
    warnings += [*told_of(facts, notes), *in_case(found.case)]
    stopped += headers.stops(strange)
    stopped += sides.against_chart(found.lines, found.about(), facts, notes, need.as_of)
    lines = sides.by_diagnosis(found.lines, found.diagnoses)
    stopped += plans.against_plan(lines, found.about(), notes, _clinician(found), need.as_of)
    manifest = retrieval.manifest(ehr, now(), by, (*warnings, *more.warnings))
    searches = (*manifest.searches, *more.searches)
    if not (manifest.complete and more.complete):
        stopped.append(_truncated(searches))
    told = {"complete": manifest.complete and more.complete, "searches": searches}
    skipped = [
        Skipped(what=name, reason="another_patient", detail=headers.WORDS)
        for name in sorted(strange)
    ]
    return Chart(
        patient=found.reference,
        order=found.case.order.reference,
        coverage=found.coverage,
        facts=facts,
        notes=notes,
        manifest=manifest.model_copy(
            update=told | {"skipped": (*manifest.skipped, *more.skipped, *skipped)}
        ),
        hard_stops=tuple(stopped),
    )


def _truncated(searches: Iterable[Search]) -> HardStop:
    """Stop, and name the first things that are lost."""
    lost = "; ".join([search.lost for search in searches if search.lost][:3])
    return HardStop(
        code="truncated_chart",
        detail=f"{TRUNCATED}: {lost}"[:500] if lost else TRUNCATED,
        pointer="/chart/manifest/searches",
    )


def _clinician(found: Intake) -> str | None:
    person = found.case.requester.person
    return person.family if person else None
