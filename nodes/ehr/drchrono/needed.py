"""What of DrChrono's own notes and authorizations one request needs."""

from nodes.case import Patient
from nodes.chart import Fact, Note, Skipped
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono.chart import Beside, read
from nodes.errors import NotConfigured
from nodes.fhir.need import Need
from nodes.fhir.reading import Reading
from nodes.fhir.when import Period

UNREAD = "the vendor has notes beside FHIR, and this EHR's settings have no part `rest`: not read"
NAMED = "an authorization on record names the service: look at it before asking for another"


def beside(
    connection: Connection, patient: Patient, need: Need, services: frozenset[str]
) -> Beside:
    """Read what the vendor has beside FHIR, where its file says so; nothing for other vendors.

    The rules of the request's family keep notes as they keep documents of FHIR; authorizations are
    kept when they name one of the services (by code), or none at all.
    """
    if "drchrono" not in connection.vendor.notes.ways:
        return Beside()
    try:
        rest = connection.beside("rest")
    except NotConfigured:
        return Beside(warnings=[UNREAD])
    withheld = list[Skipped]()

    def keep(note: Note) -> Fact | None:
        day = note.written
        reading = Reading(
            note.id,
            "document",
            lambda: (note.title, day.isoformat()),
            when=Period(day.isoformat(), day, day),
        )
        why = need.why(reading, note.text)
        if why is None:
            return None
        if need.table.withheld({}, reading):
            detail = need.table.never.why
            withheld.append(Skipped(what=note.id, reason="withheld", detail=detail))
            return None
        return reading.fact(why)

    found = read(rest, patient, need.since, need.as_of, services, keep)
    found.skipped += withheld
    found.warnings += [
        f"{fact.id}: {NAMED}"
        for fact in found.facts
        if fact.kind == "authorization" and services & {coding.code for coding in fact.codes}
    ]
    return found
