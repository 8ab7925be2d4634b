"""Make of what is told about a case the documents and tasks to file.

Each has its identifier from case, attempt and part, such as ``PA-1001.1.form``: the same told
again is the same thing, a later decision (another attempt) is another. A case id with dots is led
by its length (``.5.PA.01.1.form``), so that no two cases and attempts have one identifier.
"""

import base64
from collections.abc import Iterator

from nodes.ehr.filing import File, Filing
from nodes.ehr.writing.matter import WHOM, CareTask, Matter

Made = Iterator[Filing]


def filings(matter: Matter) -> Made:
    """List what there is to file, in the order in which a reader needs it."""
    yield from _decision(matter)
    if matter.form_pdf:
        yield _document(matter, "form", "Prior authorization request as sent", pdf=matter.form_pdf)
    if matter.summary:
        yield _document(matter, "summary", "Prior authorization summary", text=matter.summary)
    if matter.letter:
        draft = ", draft to read and sign" if matter.letter_draft else ""
        yield _document(matter, "letter", f"Appeal letter{draft}", text=matter.letter)
    for place, task in enumerate(matter.tasks, 1):
        yield _task(matter, task, "task" if place == 1 else f"task-{place}")
    if matter.audit:
        yield _document(matter, "audit", "Prior authorization audit trail", json=matter.audit)


def identified(matter: Matter, part: str) -> str:
    """Name a part of an attempt of a case, and no other."""
    case = matter.case_id
    named = f".{len(case)}.{case}" if "." in case else case
    return f"{named}.{matter.attempt}.{part}"


def _decision(matter: Matter) -> Made:
    outcome = matter.outcome
    if not outcome.is_document:
        return
    rows = [
        ("Status", outcome.status.replace("_", " ")),
        ("Authorization number", outcome.authorization_number),
        ("Valid from", outcome.valid_from),
        ("Valid to", outcome.valid_to),
    ]
    told = "\n".join(f"{name}: {value}" for name, value in rows if value)
    text = f"{told}\n\n{outcome.words}" if outcome.words else told
    yield _document(matter, "decision", "Prior authorization decision", text=text)


def _document(
    matter: Matter,
    part: str,
    title: str,
    *,
    text: str | None = None,
    pdf: str | None = None,
    json: str | None = None,
) -> Filing:
    identifier = identified(matter, part)
    stem = identifier.lstrip(".")
    if text is not None:
        head = f"{title.upper()}\nCase {matter.case_id}\n\n"
        file = File(name=f"{stem}.txt", content_type="text/plain", data=_coded(head + text))
    elif pdf is not None:
        file = File(name=f"{stem}.pdf", content_type="application/pdf", data=pdf)
    else:
        coded = _coded(json or "")
        file = File(name=f"{stem}.json", content_type="application/json", data=coded)
    return Filing.model_validate(
        {
            **_common(matter),
            "kind": "document",
            "identifier": identifier,
            "title": title,
            "words": _status(matter),
            "file": file,
            "code": part,
            "author": matter.author,
            "draft": part == "letter" and matter.letter_draft,
        }
    )


def _task(matter: Matter, task: CareTask, part: str) -> Filing:
    return Filing.model_validate(
        {
            **_common(matter),
            "kind": "task",
            "identifier": identified(matter, part),
            "title": task.title,
            "words": task.whole,
            "asks": task.asks,
            "owner": task.owner,
            "role": WHOM[task.of],
            "due": task.due,
        }
    )


def _common(matter: Matter) -> dict[str, object]:
    return {
        "patient": matter.patient,
        "about": matter.order,
        "encounter": matter.encounter,
        "urgent": matter.urgent,
        "status": _status(matter),
        "number": matter.outcome.authorization_number,
        "on": matter.as_of,
    }


def _status(matter: Matter) -> str:
    return f"Prior authorization {matter.case_id}: {matter.outcome.line}"[:500]


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
