"""What is to be done next about a review, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from nodes.audit import Model
from nodes.decision import Decision, Document, Rejection
from nodes.x12.codes import codes
from nodes.x12.guide import dictionary
from nodes.x12.reviewing.authorization import Authorization
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.review import Party

MOST = 20
WAYS = {
    "electronic": "electronically",
    "fax": "by fax",
    "mail": "by mail",
    "email": "by e-mail",
    "on_request": "kept for when it is asked for",
    "voice": "by voice",
    "file": "as a file",
}


class Next(Model):
    """What to do now."""

    must_act: bool = Field(description="Somebody on our side must act; false: wait, or done")
    next_step: str = Field(description="In plain words")
    act_by: date | None = Field(default=None, description="Where the answer states a day")


def after(reading: Reading, certified: Sequence[Authorization]) -> Next:
    """What to do after a review: as its reasons, rejections and requested documents say.

    A day is stated where something was certified: the first day on which any of it ends.
    """
    if reading.direction == "request":
        return Next(must_act=False, next_step="this is a request: the payer has to answer it")
    lists, _ = codes()
    outcome, parties, documents = reading.outcome, reading.parties, reading.documents
    decisions = [*([reading.decided_event] if reading.decided_event else []), *reading.decided]
    changed = outcome == "certified" and any(one.changes for one in certified)
    step = lists.outcomes["modified" if changed else outcome]
    if outcome == "rejected" and reading.rejections:
        return after_rejections(reading.rejections)
    if outcome == "pended":
        return after_pend(decisions, documents, parties)
    if outcome == "contact_payer":
        return Next(must_act=True, next_step=joined(step.then, reach(parties)))
    steps = [step.then, *reasons(decisions)]
    if documents and step.must_act:
        steps.append(sending(documents, parties))
    steps += [rejection(one) for one in reading.rejections[:MOST]]
    must_act = step.must_act or bool(reading.rejections)
    ends = [one.ends for one in certified if one.ends is not None]
    if any(one.renewal_due for one in certified):
        steps.append("ask for a renewal now if care goes on")
    said = "; ".join(dict.fromkeys(steps))
    return Next(must_act=must_act, next_step=said, act_by=min(ends, default=None))


def after_rejections(rejections: Sequence[Rejection]) -> Next:
    """Each thing to mend, where it is, and whether to send again."""
    lists, _ = codes()
    follow_ups = [lists.follow_ups.get(item.follow_up or "", True) for item in rejections]
    steps = [rejection(item) for item in rejections[:MOST]]
    said = dictionary().lists["follow_up"]
    words = dict.fromkeys(said[item.follow_up] for item in rejections if item.follow_up in said)
    return Next(
        must_act=any(follow_ups),
        next_step="; ".join(dict.fromkeys([*steps, *words])),
    )


def rejection(item: Rejection) -> str:
    """One rejection in words; a code not known here is said by its number."""
    what = f"{item.words}: {item.then}" if item.words else "code not known here, ask the payer"
    return f"{item.loop} (AAA {item.code or 'without a code'}) {what}"


def after_pend(
    decisions: Sequence[Decision], documents: Sequence[Document], parties: Sequence[Party]
) -> Next:
    """Documents to send, a reason that waits for us, or nothing but waiting."""
    lists, _ = codes()
    references = dict.fromkeys(
        item.administrative_reference for item in decisions[:MOST] if item.administrative_reference
    )
    quoting = f"quote {', '.join(references)}" if references else ""
    if documents:
        steps = [sending(documents, parties), *reasons(decisions), quoting]
        return Next(must_act=True, next_step="; ".join(filter(None, steps)))
    categories = {item.category for decision in decisions for item in decision.reasons}
    must_act = any(one is None or lists.categories[one].must_act for one in categories)
    steps = [*reasons(decisions), *([reach(parties)] if must_act else []), quoting]
    last = "" if must_act else lists.outcomes["pended"].then
    return Next(must_act=must_act, next_step="; ".join(dict.fromkeys(filter(None, [*steps, last]))))


def reasons(decisions: Sequence[Decision]) -> Iterator[str]:
    """What to do about each reason."""
    for decision in decisions[:MOST]:
        for reason in decision.reasons[:MOST]:
            if reason.words:
                yield f"{reason.words} ({reason.code}): {reason.then}"
            else:
                yield f"reason {reason.code} is not known here: ask the payer"


def sending(documents: Sequence[Document], parties: Sequence[Party]) -> str:
    """Which documents to send, and where to."""
    names = dict.fromkeys(map(called, documents[:MOST]))
    return joined(f"send what the payer asks for: {', '.join(names)}", reach(parties))


def called(document: Document) -> str:
    """A document as a person says it."""
    code = f"LOINC {document.loinc}" if document.loinc else f"report type {document.report}"
    name = f"{document.words} ({code})" if document.words else code
    return f"{name} {WAYS[document.way]}" if document.way in WAYS else name


def reach(parties: Sequence[Party]) -> str:
    """Who is to be reached and how: the contact for more information, else the payer's own."""
    for loops in (("2010EB", "2010FB"), ("2010A",)):
        for party in parties:
            ways = [
                f"{name} {value}"
                for name, value in (("phone", party.phone), ("fax", party.fax), ("", party.email))
                if value
            ]
            named = party.contact or party.family
            if party.loop in loops and (ways or (named and loops[0] == "2010EB")):
                return ", ".join(filter(None, (named, *(way.strip() for way in ways))))
    return ""


def joined(step: str, where: str) -> str:
    """A step with where to go, if that is known."""
    return f"{step} (contact: {where})" if where else step
