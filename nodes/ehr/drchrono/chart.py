"""What DrChrono's REST API adds to a chart: clinical notes and authorizations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from nodes.case import Patient
from nodes.chart import Fact, Note, Search, Skipped
from nodes.ehr.connection import Connection
from nodes.ehr.drchrono import authorizations as granted
from nodes.ehr.drchrono import notes as written
from nodes.ehr.drchrono.patients import match
from nodes.ehr.drchrono.rest import Item, Listed, Rest, text
from nodes.errors import Refused, UpstreamFailed

Keep = Callable[[Note], Fact | None]


@dataclass
class Beside:
    """What was kept, what was not used, and an account of each question for the manifest."""

    notes: list[Note] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing that was asked for is lost."""
        return not any(search.truncated for search in self.searches)

    def lose(self, query: str, error: Exception) -> None:
        """Say that a question could not be asked."""
        lost = Search(query=query, pages=0, read=0, kept=0, truncated=True, lost=str(error)[:500])
        self.searches.append(lost)


def read(
    connection: Connection,
    patient: Patient,
    since: date,
    until: date,
    services: frozenset[str],
    keep: Keep,
) -> Beside:
    """Read a patient's notes of a time, and the authorizations that may concern the services.

    ``patient`` is as FHIR gave it: the REST API has other ids, so they are looked for by chart id,
    name and birth date. ``keep`` makes a fact of a note that is needed, None leaves it out (minimum
    necessary). Failures are in ``searches``, never raised: a chart without these is still a chart,
    and says what it lacks.
    """
    beside, rest = Beside(), Rest(connection)
    try:
        found = match(rest, patient)
    except (Refused, UpstreamFailed) as error:
        beside.lose("drchrono patients?chart_id, or last_name&date_of_birth", error)
        return beside
    add_notes(beside, rest, found.id, (since, until), keep)
    add_authorizations(beside, rest, found.id, since, services)
    return beside


def add_notes(
    beside: Beside, rest: Rest, patient: str, time: tuple[date, date], keep: Keep
) -> None:
    """Read the clinical notes, with the names of their fields, and keep those that are needed."""
    appointments, listed = written.listings(rest, patient, *time)
    visits = {text(one.get("id")): one for one in own(beside, appointments, patient, "Appointment")}
    mine = own(beside, listed, patient, "ClinicalNote")
    known, types = written.fields(rest, mine)
    for item in mine:
        one = written.note(item, visits.get(text(item.get("appointment"))), known)
        if isinstance(one, Skipped):
            beside.skipped.append(one)
        elif fact := keep(one):
            beside.notes.append(one)
            beside.facts.append(fact)
    beside.searches += [appointments.account(0), listed.account(len(beside.notes))]
    beside.searches += [one.account(0) for one in types]


def add_authorizations(
    beside: Beside, rest: Rest, patient: str, since: date, services: frozenset[str]
) -> None:
    """Read the authorizations that end in the time asked about, or have no end."""
    listed = rest.listed("patient_authorizations", [("patient", patient)])
    for item in own(beside, listed, patient, "PatientAuthorization"):
        one = granted.fact(item)
        if isinstance(one, Skipped):
            beside.skipped.append(one)
        elif (one.end is None or one.end >= since) and granted.concerns(one, services):
            beside.facts.append(one)
    kept = sum(one.kind == "authorization" for one in beside.facts)
    beside.searches.append(listed.account(kept))


def own(beside: Beside, listed: Listed, patient: str, kind: str) -> list[Item]:
    """Those of this patient, each once; whatever is another's or nobody's is left out and said."""
    kept: dict[str, Item] = {}
    for place, item in enumerate(listed.items, 1):
        whose = text(item.get("patient_id")) or text(item.get("patient"))
        if whose == patient:
            kept.setdefault(text(item.get("id") or item.get("appointment")) or str(place), item)
            continue
        reason = "another_patient" if whose else "no_patient"
        said = "it is not this patient's" if whose else "it does not say whose it is"
        beside.skipped.append(written.skipped(f"{kind}, entry {place}", reason, said))
    return list(kept.values())
