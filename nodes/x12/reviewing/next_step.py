"""What is to be done next about a review, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from nodes.audit import Model
from nodes.decision import CERTIFYING, Document, Outcome, Reason, Rejection
from nodes.x12.codes import codes
from nodes.x12.guide import dictionary
from nodes.x12.reviewing.concern import MOST, Answer, Concern, called, several
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.review import Party

YES = (*CERTIFYING, "no_action_required")
DONE: tuple[Outcome, ...] = ("certified", "no_action_required", "cancelled")
WAITING: tuple[Outcome, ...] = ("pended", "contact_payer", "rejected")
MIXED: tuple[Outcome, ...] = ("partially_certified", "pended", "contact_payer")
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


def after(reading: Reading, outcome: Outcome, answer: Answer, held: Sequence[Concern]) -> Next:
    """What to do after a review: as its reasons, rejections and requested documents say.

    A day is stated where something was certified: the first day on which any of it ends.
    """
    act = any(one.must_act for one in held)
    first = [one.words for one in held]
    if reading.direction == "request":
        words = first or ["this is a request: the payer has to answer it"]
        return Next(must_act=act, next_step="; ".join(words))
    whole = by_outcome(reading, outcome, answer, held)
    ends = [one.ends for one in answer.certified if one.ends is not None]
    said = [*first, whole.next_step, *renewing(answer, held), *heard(reading)]
    return Next(
        must_act=whole.must_act or act,
        next_step="; ".join(dict.fromkeys(filter(None, said))),
        act_by=None if outcome in WAITING else min(ends, default=None),
    )


def by_outcome(reading: Reading, outcome: Outcome, answer: Answer, held: Sequence[Concern]) -> Next:
    """What the outcome itself asks for."""
    lists, _ = codes()
    parties, documents = reading.parties, reading.documents
    changed = outcome == "certified" and any(one.changes for one in answer.certified)
    step = lists.outcomes["modified" if changed else outcome]
    if outcome == "rejected" and reading.rejections:
        return after_rejections(reading.rejections)
    if outcome == "pended":
        whole = after_pend(reading, documents, parties)
        return whole.model_copy(update={"next_step": joined_to(whole.next_step, reading)})
    steps = [joined(step.then, reach(parties)) if outcome == "contact_payer" else step.then]
    unsettled = any(one.must_act for one in held)
    if outcome in DONE and unsettled and not changed:
        steps = ["settle this before anything else" if outcome == "certified" else ""]
    elif outcome == "unknown" and held:
        steps = [joined("read the answer by hand, and call the payer", reach(parties))]
    steps += [proceeding(reading, outcome), *reasons(reading)]
    if documents and (step.must_act or unsettled):
        steps.append(sending(documents, parties))
    steps += [rejection(one) for one in reading.rejections[:MOST]]
    must_act = step.must_act or bool(reading.rejections)
    return Next(must_act=must_act, next_step="; ".join(dict.fromkeys(filter(None, steps))))


def joined_to(words: str, reading: Reading) -> str:
    """What to do while it is pended, with what is rejected in it and what may go on."""
    extra = [proceeding(reading, "pended"), *map(rejection, reading.rejections[:MOST])]
    return "; ".join(filter(None, [words, *extra]))


def renewing(answer: Answer, held: Sequence[Concern]) -> Iterator[str]:
    """A renewal that is due."""
    if any(one.renewal_due for one in answer.certified):
        yield "ask for a renewal now if care goes on"


def heard(reading: Reading) -> Iterator[str]:
    """The payer's own words to the event and its services."""
    items = [*([reading.event] if reading.event else []), *reading.services]
    said = dict.fromkeys(text for item in items[:MOST] for text in item.messages[:MOST])
    if said:
        yield f"the payer says: {' / '.join(said)}"


def proceeding(reading: Reading, outcome: Outcome) -> str:
    """Which services may go on where others may not, unless the answer contradicts itself."""
    yes = [item for item in reading.services if item.outcome(reading.event) in YES]
    if not yes or len(yes) == len(reading.services) or outcome not in MIXED:
        return ""
    return f"may proceed: {several([called(one) for one in yes])}"


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


def after_pend(reading: Reading, documents: Sequence[Document], parties: Sequence[Party]) -> Next:
    """Documents to send, a reason that waits for us, or nothing but waiting."""
    lists, _ = codes()
    decisions = [*([reading.decided_event] if reading.decided_event else []), *reading.decided]
    references = dict.fromkeys(
        item.administrative_reference for item in decisions[:MOST] if item.administrative_reference
    )
    quoting = f"quote {', '.join(references)}" if references else ""
    said = list(reasons(reading))
    if documents:
        steps = [sending(documents, parties), *said, quoting]
        return Next(must_act=True, next_step="; ".join(filter(None, steps)))
    categories = {item.category for decision in decisions for item in decision.reasons}
    must_act = any(one is None or lists.categories[one].must_act for one in categories)
    steps = [*said, *([reach(parties)] if must_act else []), quoting]
    last = "" if must_act else lists.outcomes["pended"].then
    return Next(must_act=must_act, next_step="; ".join(dict.fromkeys(filter(None, [*steps, last]))))


def reasons(reading: Reading) -> Iterator[str]:
    """What to do about each reason, once, with the services it is given for."""
    given: dict[Reason, list[str]] = {}
    for reason in reading.event.reasons[:MOST] if reading.event else ():
        given.setdefault(reason, [])
    for item in reading.services[:MOST]:
        for reason in item.reasons[:MOST]:
            given.setdefault(reason, []).append(called(item))
    for reason, services in given.items():
        where = f"{several(services)}: " if services and len(reading.services) > 1 else ""
        if reason.words:
            yield f"{where}{reason.words} ({reason.code}): {reason.then}"
        else:
            yield f"{where}reason {reason.code} is not known here: ask the payer"


def sending(documents: Sequence[Document], parties: Sequence[Party]) -> str:
    """Which documents to send, and where to."""
    names = dict.fromkeys(map(titled, documents[:MOST]))
    return joined(f"send what the payer asks for: {', '.join(names)}", reach(parties))


def titled(document: Document) -> str:
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
                for name, value in (
                    ("phone", extended(party)),
                    ("fax", party.fax),
                    ("", party.email),
                )
                if value
            ]
            named = party.contact or party.family
            if party.loop in loops and (ways or (named and loops[0] == "2010EB")):
                return ", ".join(filter(None, (named, *(way.strip() for way in ways))))
    return ""


def joined(step: str, where: str) -> str:
    """A step with where to go, if that is known."""
    return f"{step} (contact: {where})" if where else step


def extended(party: Party) -> str | None:
    """The phone number with its extension."""
    return f"{party.phone} ext. {party.extension}" if party.extension else party.phone
