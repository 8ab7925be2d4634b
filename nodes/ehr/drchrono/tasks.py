"""File a task in DrChrono: looked for by our identifier and its content, then created.

A task needs a status: the practice's first that is open, of the category for authorizations
where there is one. It is tied to the patient and given to the patient's doctor. What is there
is left as people have it: other content is another task. One that was archived is not filed again.
"""

from datetime import timedelta
from typing import Any

from nodes.ehr.drchrono.patients import Match
from nodes.ehr.drchrono.rest import Item, Rest, encoded, number, text, written
from nodes.ehr.filing import WITHDRAWN, Filed, Filing
from nodes.errors import UpstreamFailed
from nodes.fhir import tree

OPEN, COMPLETE = "O", "C"
MATTER = ("prior auth", "authorization", "precert")


def file(filing: Filing, rest: Rest, patient: Match) -> Filed:
    """Create a task unless it is there; raises only where nothing was sent."""
    statuses = rest.once("task_statuses", []).whole()
    if there := find(filing, rest, patient):
        return there
    category = chosen(rest.once("task_categories", []).whole())
    status = first_open(statuses, category)
    if status is None:
        return filed(filing, "refused", detail="the practice has no open task status in DrChrono")
    made = {
        "title": title(filing),
        "status": int(status),
        "associated_items": [{"type": "Patient", "value": int(patient.id)}],
        **({"category": int(category)} if category else {}),
        **({"notes": [{"text": filing.words}]} if filing.words else {}),
        **due(filing),
        **assignee(rest, patient),
    }
    body, headers = encoded(made)
    outcome = written(lambda: rest.sent("POST", "tasks", body, headers), new=True)
    if outcome.kind == "unknown" and (there := found_after_all(filing, rest, patient)):
        return there
    return filed(filing, outcome.kind, outcome.id, outcome.detail)


def find(filing: Filing, rest: Rest, patient: Match) -> Filed | None:
    """What is there of it with this content; raises where it cannot be known."""
    since = filing.on - timedelta(days=1)
    found = rest.once("tasks", [("since", since.isoformat())]).whole()
    ours = [one for one in found if is_ours(one, filing.version, patient)]
    one = min(ours, key=lambda one: one.get("archived") is True, default=None)
    if one is None:
        return None
    if one.get("archived") is True:
        return filed(filing, "refused", text(one.get("id")), WITHDRAWN)
    return filed(filing, "already_there", text(one.get("id")))


def found_after_all(filing: Filing, rest: Rest, patient: Match) -> Filed | None:
    """Look once more; None where it is not there yet, or nobody can say."""
    rest.forget("tasks")
    try:
        there = find(filing, rest, patient)
    except UpstreamFailed:
        return None
    return there and there.model_copy(update={"outcome": "created"})


def filed(filing: Filing, outcome: str, id_: str | None = None, detail: str | None = None) -> Filed:
    """Say where the task went."""
    return Filed.model_validate(
        {
            "identifier": filing.identifier,
            "way": "drchrono",
            "outcome": outcome,
            "reference": f"tasks/{id_}"[:200] if id_ else None,
            "detail": detail,
        }
    )


def is_ours(one: Item, identifier: str, patient: Match) -> bool:
    """Whether a task carries our identifier, and is tied to no other patient."""
    tied = {
        text(item.get("value"))
        for item in tree.items(one, "associated_items")
        if item.get("type") == "Patient"
    }
    said = (tree.string(one, "title") or "").endswith(f"[{identifier}]")
    return said and text(one.get("id")) is not None and tied <= {patient.id}


def title(filing: Filing) -> str:
    """The task's title, which ends with the identifier."""
    return f"{' '.join(filing.title.split())[:200]} [{filing.version}]"


def due(filing: Filing) -> dict[str, Any]:
    """When it is due: the end of a working day."""
    return {"due_date": {"time": f"{filing.due}T17:00:00"}} if filing.due else {}


def chosen(categories: list[Item]) -> str | None:
    """The practice's category for authorizations, if it has one."""
    for one in categories:
        name = (tree.string(one, "name") or "").lower()
        if one.get("archived") is not True and any(word in name for word in MATTER):
            return number(one.get("id"))
    return None


def first_open(statuses: list[Item], category: str | None) -> str | None:
    """An open status: the category's own before one of no category."""
    live = [s for s in statuses if s.get("archived") is not True]
    ranked = [
        (text(s.get("task_category")) != category, s)
        for s in live
        if s.get("status_category") == OPEN and text(s.get("task_category")) in (category, None)
    ]
    ranked.sort(key=lambda pair: pair[0])
    return next((id_ for _, s in ranked if (id_ := number(s.get("id")))), None)


def assignee(rest: Rest, patient: Match) -> dict[str, Any]:
    """The user who is the patient's doctor; nobody where that is not plain."""
    if patient.doctor is None:
        return {}
    users = rest.once("users", [("doctor", patient.doctor)]).whole()
    doctors = [
        id_
        for user in users
        if text(user.get("doctor")) == patient.doctor
        and str(user.get("is_doctor")).lower() == "true"
        and (id_ := text(user.get("id")))
    ]
    return {"assignee_user": doctors[0]} if len(doctors) == 1 else {}
