"""What a payer asks for that the request itself answers: codes, units, dates, numbers, names."""

import re
from collections.abc import Callable

from nodes.case import Case, Provider, ServiceLine
from nodes.writing.administrative import diagnoses, person, quantity
from nodes.writing.text import clean, fold, listed

Told = Callable[[Case], str]
A_DOCUMENT = re.compile(
    r"\b(?:notes?|records?|reports?|results?|documentation|proof|history|list of|copy|chart"
    r"|letter|log|evaluation|test|signature|signed|attestation|justification|reason|rationale"
    r"|statement)\b"
)
RENDERING = r"(?:rendering|performing|servicing|treating|facility|service)"
REQUESTING = r"(?:ordering|requesting|referring|prescribing|requester'?s?|submitting)"
WHO = r"(?:provider|physician|clinician|doctor|facility|surgeon|prescriber)"


def of_case(words: str, case: Case) -> str | None:
    """Answer an item from the request, in a sentence; none: it is not of that kind, or lacking."""
    asked = fold(words)
    if A_DOCUMENT.search(asked):
        return None
    for pattern, told in ROWS:
        if pattern.search(asked):
            return told(case) or None
    return None


def is_of_case(words: str) -> bool:
    """Say whether an item is one that a request itself answers."""
    asked = fold(words)
    return not A_DOCUMENT.search(asked) and any(row.search(asked) for row, _ in ROWS)


def _services(case: Case) -> str:
    codes = [f"{line.system} {'-'.join((line.code, *line.modifiers))}" for line in _lines(case)]
    return f"The request is for {listed(codes)}." if codes else ""


def _lines(case: Case) -> tuple[ServiceLine, ...]:
    return case.service_lines


def _units(case: Case) -> str:
    asked = [f"{quantity(line)} of {line.system} {line.code}" for line in _lines(case)]
    return f"The request is for {listed(asked)}." if asked else ""


def _days(case: Case) -> str:
    days = [
        f"{line.start.isoformat()}"
        + (f" to {line.end.isoformat()}" if line.end and line.end != line.start else "")
        + f" for {line.system} {line.code}"
        for line in _lines(case)
        if line.start
    ]
    return f"The date of service requested is {listed(days)}." if days else ""


def _diagnoses(case: Case) -> str:
    return f"The diagnoses of the request are {diagnoses(case)}."


def _place(case: Case) -> str:
    place = case.place_of_service
    return f"The request is for place of service {place}." if place else ""


def _onset(case: Case) -> str:
    known = [f"{d.onset.isoformat()} for {d.code}" for d in case.diagnoses if d.onset]
    return f"The onset in the request is {listed(known)}." if known else ""


def _npi(who: Provider | None, role: str) -> str:
    known = who is not None and who.npi
    return f"The {role} provider is {clean(who.display)}, NPI {who.npi}." if who and known else ""


def _name(who: Provider | None, role: str) -> str:
    return f"The {role} provider is {clean(who.display)}." if who else ""


def _tax(case: Case, who: Provider | None) -> str:
    number = who.tax_id if who else None
    return f"The tax number of {clean(who.display)} is {clean(number)}." if who and number else ""


def _group(case: Case) -> str:
    number = case.coverage.group_number
    return f"The group number is {clean(number)}." if number else ""


def _reach(case: Case) -> str:
    who = case.requester
    ways = [f"phone {clean(who.phone)}"] if who.phone else []
    ways += [f"fax {clean(who.fax)}"] if who.fax else []
    return f"The requesting provider can be reached at {listed(ways)}." if ways else ""


def _earlier(case: Case) -> str:
    number = case.authorization_number
    return f"The request refers to authorization number {clean(number)}." if number else ""


def _row(pattern: str, told: Told) -> tuple[re.Pattern[str], Told]:
    return re.compile(pattern), told


ROWS = (
    _row(
        rf"\b(?:tax id|tin|tax number|ein)\b.{{0,40}}\b{RENDERING}",
        lambda c: _tax(c, c.performer),
    ),
    _row(r"\b(?:tax id|tin|tax number|ein)\b", lambda c: _tax(c, c.requester)),
    _row(
        rf"\bnpi\b.{{0,40}}\b{REQUESTING}|\b{REQUESTING}\b.{{0,40}}\bnpi\b",
        lambda c: _npi(c.requester, "requesting"),
    ),
    _row(
        rf"\bnpi\b.{{0,40}}\b{RENDERING}|\b{RENDERING}\b.{{0,40}}\bnpi\b",
        lambda c: _npi(c.performer, "performing"),
    ),
    _row(
        r"\bnpi\b|\bnational provider identifier\b",
        lambda c: " ".join(
            filter(None, (_npi(c.requester, "requesting"), _npi(c.performer, "performing")))
        ),
    ),
    _row(rf"\b{REQUESTING} {WHO}\b", lambda c: _name(c.requester, "requesting")),
    _row(rf"\b{RENDERING} {WHO}\b", lambda c: _name(c.performer, "performing")),
    _row(r"\b(?:cpt|hcpcs|procedure|service|billing) codes?\b|\bcpt\b|\bhcpcs\b", _services),
    _row(r"\b(?:icd|icd-?10(?:-cm)?|diagnos[ie]s|dx) codes?\b|\bicd-?10\b", _diagnoses),
    _row(r"^(?:the |primary |principal |requested |patient'?s? )*diagnos[ie]s$", _diagnoses),
    _row(
        r"\b(?:number|quantity|amount) of (?:units|visits|days)\b|^units\b"
        r"|\b(?:requested|how many) units\b|\bunits requested\b",
        _units,
    ),
    _row(r"\b(?:dates? of service|service dates?|dos)\b", _days),
    _row(r"\b(?:place of service|site of service|pos)\b", _place),
    _row(r"\b(?:dates? of|day of) (?:symptom )?onset\b|\bonset (?:date|of)\b", _onset),
    _row(
        r"\b(?:member|subscriber|insurance|policy)(?:'s)? (?:id|identification|number|no)\b",
        lambda c: f"The member number is {clean(c.coverage.member_id)}.",
    ),
    _row(r"\bgroup (?:number|id|no)\b", _group),
    _row(
        r"\b(?:date of birth|birth date|dob)\b",
        lambda c: f"The patient was born on {c.patient.birth_date.isoformat()}.",
    ),
    _row(
        r"\b(?:patient|member)(?:'s)? (?:full )?name\b|\bname of the (?:patient|member)\b",
        lambda c: f"The patient is {person(c.patient.name)}.",
    ),
    _row(
        r"\b(?:date (?:of|on) the order|order date|date ordered)\b",
        lambda c: f"The order was written on {c.order.authored_on.isoformat()}.",
    ),
    _row(r"\b(?:prior |previous )?authorization number\b", _earlier),
    _row(r"\b(?:contact|phone|telephone|fax|call-?back)\b.{0,20}\b(?:number|name)\b", _reach),
    _row(r"\b(?:urgency|standard or expedited|level of urgency)\b",
         lambda c: f"The request is {c.urgency}."),
)  # fmt: skip
