"""Documents as notes: one text of each, whose character offsets stay what they are."""

from datetime import date

from nodes.chart import Note
from nodes.fhir import content, tree
from nodes.fhir.content import Content, Reads
from nodes.fhir.page import visible
from nodes.fhir.reading import QUOTE, Reading, remarks
from nodes.fhir.tree import Missing, Resource, Unreadable
from nodes.suspicion.found import MARK, told

LONGEST = 400_000
TOLD = frozenset({"additional", "extensions"})


def of(resource: Resource, reading: Reading, client: Reads, warnings: list[str]) -> Note | None:
    """Make a note of a resource that brings a text; None for one that brings none.

    Words of a resource that are longer than a quote are a note as well. Raises Unreadable with
    the reason, Missing where the text is lost; doubts about a text are warnings.
    """
    if "note" in resource:
        warnings += told([(reading.name, "\n".join(remarks(resource)))])
    found = attachments(resource)
    if found or reading.kind == "document":
        if reading.start is None:
            raise Unreadable("its text has no date")
        read = _first(found, client, resource)
    elif words := _long(resource):
        read = Content(content.normalised(words))
    else:
        return None
    if reading.start is None:
        raise Unreadable("its text has no date")
    if read.doubt:
        warnings.append(f"{reading.name}: {read.doubt}")
    if read.hidden:
        kinds = ", ".join(read.hidden)
        warnings.append(f"{MARK}: {reading.name} ({kinds})")
    title = reading.quote.partition(";")[0].partition(": ")[0][:500].strip() or "Document"
    return _note(reading.name, title, reading.start, reading.author, read)


def note(
    name: str,
    title: str,
    written: date,
    author: str | None,
    attachments: list[Resource],
    client: Reads,
) -> Note:
    """Make a note of a document's renditions: of the first that can be read, the best before.

    The order is plain text, HTML, RTF, CDA, PDF. Raises Unreadable with the best one's reason.
    """
    best = sorted(attachments, key=content.rank)
    return _note(name, title, written, author, _first(best, client, {}))


def _note(name: str, title: str, written: date, author: str | None, read: Content) -> Note:
    if len(read.text) > LONGEST:
        raise Missing("it is longer than this server reads")
    return Note(id=name, title=title, written=written, author=author, text=read.text)


def attachments(resource: Resource) -> list[Resource]:
    """List the attachments of a DocumentReference or DiagnosticReport, the best first."""
    if resource.get("resourceType") == "DocumentReference":
        found = [tree.field(item, "attachment") for item in tree.items(resource, "content")]
    else:
        found = tree.items(resource, "presentedForm") if "presentedForm" in resource else []
    return sorted((item for item in found if isinstance(item, dict)), key=content.rank)


def _first(found: list[Resource], client: Reads, resource: Resource) -> Content:
    problem: Unreadable | None = None
    for attachment in found:
        try:
            return content.read(attachment, client)
        except Unreadable as error:
            if problem is None or (isinstance(error, Missing) and not isinstance(problem, Missing)):
                problem = error
    narrative = tree.string(resource, "text", "div") or ""
    if tree.string(resource, "text", "status") in TOLD and (words := visible(narrative)):
        doubt = f"only its narrative was read: {problem}" if problem else None
        return Content(content.normalised(words), doubt)
    raise problem or Unreadable("it has no content")


def _long(resource: Resource) -> str | None:
    """Give the words people wrote into a resource where they are longer than a quote."""
    said = [resource.get("valueString"), resource.get("conclusion")]
    said += [item.get("text") for item in tree.items(resource, "note")] if remarks(resource) else []
    longest = max((one for one in said if isinstance(one, str)), key=len, default="")
    return longest if len(longest) > QUOTE else None
