"""Who a 278 is about, and whether an answer is about the patient of its request."""

from collections.abc import Iterator, Sequence

from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.review import Party


def member(parties: Sequence[Party]) -> Party | None:
    """The subscriber."""
    return next((one for one in parties if one.entity == "IL" and one.loop == "2010C"), None)


def person(parties: Sequence[Party]) -> Party | None:
    """The patient: the dependent, else the subscriber."""
    dependent = (one for one in parties if one.entity == "QC" and one.loop == "2010D")
    return next(dependent, member(parties))


def patient(parties: Sequence[Party]) -> tuple[str, ...]:
    """The member's id, and the patient's name and birth date, to tell patients apart."""
    holder, who = member(parties), person(parties)
    if holder is None or who is None:
        return ()
    born = who.birth_date.isoformat() if who.birth_date else ""
    return tuple(bare(one) for one in (holder.id, who.family, who.given, born))


def bare(text: str | None) -> str:
    """A name or number without what payers leave out or write otherwise."""
    return "".join(filter(str.isalnum, (text or "").upper()))


def strangers(asked: Reading, reading: Reading) -> Iterator[str]:
    """In what the patient of an answer is another than that of its request, in words.

    What either does not say is no difference. A payer that has a dependent as a member of its own
    answers with an id of its own: then the name and the birth date tell.
    """
    ours, theirs = member(asked.parties), member(reading.parties)
    ours_too, theirs_too = person(asked.parties), person(reading.parties)
    if ours is None or theirs is None or ours_too is None or theirs_too is None:
        return
    levels_alike = (ours is ours_too) == (theirs is theirs_too)
    if levels_alike and differ(ours.id, theirs.id):
        yield "the member id of the answer is not that of the request: it may be another patient's"
    family = differ(ours_too.family, theirs_too.family)
    if family or otherwise(ours_too.given, theirs_too.given):
        yield "the patient's name in the answer is not that of the request"
    born = (ours_too.birth_date, theirs_too.birth_date)
    if None not in born and born[0] != born[1]:
        yield "the patient's birth date in the answer is not that of the request"


def differ(one: str | None, other: str | None) -> bool:
    """Whether both are said and are not the same but for signs and case."""
    return bool(bare(one) and bare(other) and bare(one) != bare(other))


def otherwise(one: str | None, other: str | None) -> bool:
    """Whether two given names differ; one may be the beginning of the other."""
    first, second = bare(one), bare(other)
    return not (first.startswith(second) or second.startswith(first))
