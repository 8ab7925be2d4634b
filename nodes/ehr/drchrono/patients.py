"""Find a patient of the FHIR server in the REST API, whose ids are others.

By chart id where the record has one, else by family name and birth date, else by birth date alone
for names that are spelled in another way there. Whoever is found must agree in name and birth date,
and be the only one; case, accents and hyphens do not matter. Anything else is Refused: no guess.
"""

from dataclasses import dataclass

from nodes.case import Patient
from nodes.ehr.drchrono.rest import Item, Rest, number, text
from nodes.errors import Refused
from nodes.fhir import tree
from nodes.fhir.names import plain

NOBODY = "DrChrono's REST API has no patient who agrees in name and birth date"
SEVERAL = "DrChrono's REST API has several patients who agree in name and birth date"
OTHER = "the patient's chart id belongs to somebody else in DrChrono's REST API"


@dataclass(frozen=True)
class Match:
    """A patient of the REST API, and the doctor they are with."""

    id: str
    doctor: str | None


def match(rest: Rest, patient: Patient) -> Match:
    """Find the one patient; Refused where there is none or more than one.

    Raises UpstreamFailed where the list could not be read whole.
    """
    if patient.mrn:
        found = rest.once("patients", [("chart_id", patient.mrn)]).whole()
        charted = [one for one in found if text(one.get("chart_id")) == patient.mrn]
        if charted:
            return only([one for one in charted if agrees(one, patient)], OTHER)
    born = ("date_of_birth", patient.birth_date.isoformat())
    for asked in ([("last_name", patient.name.family), born], [born]):
        found = [one for one in rest.once("patients", asked).whole() if agrees(one, patient)]
        if found:
            break
    given = plain(patient.name.given)
    return only([one for one in found if given in firsts(one)], NOBODY)


def only(found: list[Item], none: str) -> Match:
    """The one that is left."""
    ids = {id_: one for one in found if (id_ := number(one.get("id")))}
    if len(ids) != 1:
        raise Refused(SEVERAL if ids else none)
    ((id_, one),) = ids.items()
    return Match(id_, text(one.get("doctor")))


def agrees(one: Item, patient: Patient) -> bool:
    """Whether family name and birth date are the same, and no other sex is said."""
    sex = (tree.string(one, "gender") or "").lower()
    return (
        plain(tree.string(one, "last_name") or "") == plain(patient.name.family)
        and tree.day(one, "date_of_birth") == patient.birth_date
        and not (sex in {"male", "female"} and patient.sex in {"male", "female"} - {sex})
    )


def firsts(one: Item) -> set[str]:
    """The given names a patient goes by."""
    names = (tree.string(one, "first_name"), tree.string(one, "nick_name"))
    return {plain(name) for name in names if name}
