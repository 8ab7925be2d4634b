"""Questions about the people of the case: order, age, sex, and the specialty of who orders."""

from collections.abc import Iterator

from nodes.case import Provider
from nodes.chart import Fact
from nodes.policy.events import ATTENDED
from nodes.policy.finding import Finding, Voice, against, beside, day, met, silent
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.leaves_people import Age, Ordered, PatientSex, PrescriberSpecialty
from nodes.policy.refusing import refused, why_not_done

INVOLVED = frozenset({"ordering", "referring", "attending", "operating", "rendering"})


def ordered(leaf: Ordered, question: Question) -> Finding:
    """Read the order itself: what is asked for, and for which diagnosis."""
    case = question.case
    lines = ", ".join(f"{line.system} {line.code}" for line in case.service_lines)
    codes = ", ".join(one.code for one in case.diagnoses)
    known = next((f for f in question.index.chart.facts if f.id == case.order.reference), None)
    fact = known or Fact(
        id=case.order.reference,
        kind="order",
        quote=f"{lines}; {codes}; ordered {case.order.authored_on}"[:2000],
        start=case.order.authored_on,
        why="The order that this case asks authorization for",
    )
    if leaf.value_set is not None and not _names(leaf.value_set, question):
        return silent(leaf, "The order gives no diagnosis or service that the criterion names.")
    return met(
        f"Ordered on {day(case.order.authored_on)} for {codes}.",
        [Voice(fact, "for", case.order.authored_on, own=known is None)],
    )


def age(leaf: Age, question: Question) -> Finding:
    """Compute the age on the date of service."""
    on, years = question.case.date_of_service, years_old(question)
    born = question.case.patient.birth_date
    fact = _registered(question, f"born {born.isoformat()}", "The policy sets an age")
    fits = (leaf.at_least is None or years >= leaf.at_least) and (
        leaf.at_most is None or years <= leaf.at_most
    )
    reason = f"The patient is {years} years old on the date of service."
    voice = Voice(fact, "for" if fits else "against", on, own=True)
    return met(reason, [voice]) if fits else against(reason, [voice])


def years_old(question: Question) -> int:
    """Count the patient's years on the date of service."""
    born, on = question.case.patient.birth_date, question.case.date_of_service
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def sex(leaf: PatientSex, question: Question) -> Finding:
    """Compare the sex as registered; not registered is unknown."""
    registered = question.case.patient.sex
    if registered == "unknown":
        return silent(leaf, "The patient's sex is not registered.")
    fits = registered == leaf.is_
    fact = _registered(question, f"sex {registered}", "The policy is for one sex")
    voice = Voice(fact, "for" if fits else "against", None, own=True)
    reason = f"Registered as {registered}."
    return met(reason, [voice]) if fits else against(reason, [voice])


def prescriber_specialty(leaf: PrescriberSpecialty, question: Question) -> Finding:
    """Compare taxonomies of who orders or treats; else find a consultation in the record."""
    others: list[Voice] = []
    for place, one in _treating(question):
        if one.taxonomy is None:
            continue
        fits = one.taxonomy.startswith(leaf.taxonomy)
        fact = Fact(
            id=f"Case/{question.case.id}.{place}",
            kind="statement",
            quote=f"{one.display or place}: provider taxonomy {one.taxonomy}"[:2000],
            why="The policy asks for a specialty",
        )
        voice = Voice(fact, "for" if fits else "against", None, own=True)
        if fits:
            return met(f"Taxonomy {one.taxonomy} is of a specialty that is asked.", [voice])
        others.append(voice)
    return _consulted(leaf, question, others)


def _consulted(leaf: PrescriberSpecialty, question: Question, others: list[Voice]) -> Finding:
    if leaf.consulted is None:
        if others:
            return against("Who orders has another specialty.", others)
        return silent(leaf, "The specialty of who orders is not recorded.")
    shown: list[Voice] = []
    no: list[tuple[Mention, str]] = []
    label = question.words[leaf.consulted].label
    pattern = question.words[leaf.consulted].pattern
    for fact in question.index.by_kind["encounter"]:
        if pattern.search(f"{fact.quote} {fact.author or ''}") and fact.status in ATTENDED:
            shown.append(Voice(fact, "for", fact.start))
    for one in question.index.mentions(leaf.consulted):
        why = why_not_done(one)
        if why:
            no.append((one, why))
        else:
            shown.append(Voice(quoted(one), "for", one.written, own=True))
    if shown:
        return beside(met(f"The record shows {label}.", shown), refused(no))
    reason = f"Neither the order's clinician nor the notes show {label}."
    answer = silent(leaf, reason)
    found = Finding(answer.status, reason, tuple(others), gap=answer.gap)
    return beside(found, refused(no))


def _treating(question: Question) -> Iterator[tuple[str, Provider]]:
    yield "requester", question.case.requester
    for place, one in enumerate(question.case.providers):
        if one.role in INVOLVED:
            yield f"provider-{place}", one


def _registered(question: Question, quote: str, why: str) -> Fact:
    patient = question.case.patient
    return Fact(id=patient.id, kind="statement", quote=quote, start=patient.birth_date, why=why)


def _names(value_set: str, question: Question) -> bool:
    """Whether the order gives a diagnosis of the value set, or asks for a service of it."""
    case = question.case
    given = {("ICD-10-CM", one.code.replace(".", "")) for one in case.diagnoses}
    given |= {(line.system, line.code.replace(".", "")) for line in case.service_lines}
    return any(
        system == member.system
        and (code == wanted or (member.match == "prefix" and code.startswith(wanted)))
        for member in question.policy.value_sets[value_set]
        for wanted in (one.replace(".", "") for one in member.codes)
        for system, code in given
    )
