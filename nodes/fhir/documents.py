"""A document's cover: title, date and author, and whether it is still the one that counts."""

from nodes.fhir import codes
from nodes.fhir.reading import Reading, labelled, named, unless_in
from nodes.fhir.tree import Resource, field, string
from nodes.fhir.when import Period, bounds, moment

PROVISIONAL = ("preliminary", "amended")


def document(resource: Resource) -> Reading:
    """Read a DocumentReference's cover; its words are a Note."""
    title = codes.words(resource.get("type"))
    named_ = string(resource, "description") or string(
        field(resource, "content", "attachment"), "title"
    )
    said = title or named_ or codes.words(resource.get("category")) or "Document"
    when = written(resource)
    docstatus = string(resource, "docStatus")
    status = string(resource, "status")

    def author() -> str | None:
        return string(resource, "author", "display") or string(resource, "authenticator", "display")

    return Reading(
        named(resource),
        "document",
        lambda: (
            said,
            unless_in(said, named_),
            when.words,
            author(),
            labelled("status", docstatus if docstatus in PROVISIONAL else None),
        ),
        lambda: {"author": author()},
        concepts=resource.get("type"),
        status=status,
        when=when,
    )


def written(resource: Resource) -> Period:
    """Find the day a document is of: its date, or the end of the care it tells of if earlier.

    A document that was copied into the EHR later has the day of the copy as its date.
    """
    said, day = moment(resource.get("date"))
    served = bounds(field(resource, "context", "period") or resource.get("period"))
    over = served.last
    if day is not None and (over is None or day <= over):
        return Period(said, day)
    if over is not None:
        return Period(over.isoformat(), over)
    if served.first is not None:
        return Period(served.first.isoformat(), served.first)
    made, day_made = moment(field(resource, "content", "attachment", "creation"))
    return Period(made, day_made) if day_made else Period(said)
