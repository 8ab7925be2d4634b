"""A proposal for a whole form: what fills which place, what is signed, what is left alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nodes.pdf.inspecting.choosing import choices
from nodes.pdf.inspecting.claim import claim
from nodes.pdf.inspecting.claim import signed as signed_on
from nodes.pdf.inspecting.concepts import plain, what_in
from nodes.pdf.inspecting.drafts import Draft
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.parts import pieced, split
from nodes.pdf.inspecting.signing import signatures
from nodes.pdf.inspecting.tables import tables
from nodes.pdf.inspecting.texts import drafted, meaning
from nodes.pdf.inspecting.whose import Whose, whose

ASKS = re.compile(
    r"prior auth|prior.?approval|pre-?auth|pre-?cert|coverage determination|medical necessity|"
    r"authorization request|request for (service|authorization|prior)|referral|"
    r"health insurance claim|utilization (review|management)|certificate of medical|step therapy|"
    r"autorizaci[oó]n previa|solicitud de (autorizaci[oó]n|servicio)|"
    r"formulary exception|organization determination|treatment authorization"
)
RELEASES = re.compile(
    r"release of (my |protected |medical |health |patient |information)|disclosure of|hipaa auth|"
    r"authorization (to|for) (the )?(release|disclos|use)|access to (my )?(health|medical)|"
    r"obtain (my )?(medical )?records"
)
SIGNS = frozenset(
    {"npi", "service_code", "dx_code", "dx_code_text", "authorization_number", "clinical"}
)


Matter = Literal["request", "release", "other"]


@dataclass(frozen=True)
class Proposal:
    """Drafts with the numbers of their places; ``signed`` and ``cleared`` are numbers too."""

    drafts: tuple[Draft, ...]
    signed: frozenset[int]
    cleared: frozenset[int]
    request: bool


def propose(pages: Sequence[Sequence[Named]], text: str, heights: Sequence[float] = ()) -> Proposal:
    """Propose for all pages; places are numbered through, from 0, in the order given.

    With the pages' heights in points, a CMS-1500 is known by its fields' places.
    """
    matter = asks(pages, text)
    drafts: list[Draft] = []
    signed: set[int] = set()
    first = 0
    for number, fields in enumerate(pages):
        placed = claim(fields, heights[number]) if heights else []
        own = _beside(placed, list(_page(pieced(fields), matter)))
        by_hand = {n + first for n in signatures(fields)}
        if placed:
            by_hand |= {n + first for n in signed_on(fields, heights[number])}
        drafts += [_moved(one, first) for one in own]
        signed |= by_hand
        first += len(fields)
    every = [field for fields in pages for field in fields]
    named = {every[n].place.name for n in signed}
    signed = {n for n, field in enumerate(every) if field.place.name in named and field.place.name}
    kept = _distinct(_agreed(every, [d for d in drafts if not signed.intersection(d.numbers)]))
    return Proposal(
        drafts=tuple(kept),
        signed=frozenset(signed),
        cleared=frozenset(n for n, field in enumerate(every) if field.place.kind == "button"),
        request=matter == "request",
    )


def _beside(placed: Sequence[Draft], told: Sequence[Draft]) -> list[Draft]:
    """Add to what places say what labels say of the others."""
    taken = {n for one in placed for n in one.numbers}
    return [*placed, *(one for one in told if not taken.intersection(one.numbers))]


def asks(pages: Sequence[Sequence[Named]], text: str) -> Matter:
    """Tell whether a form asks a payer for something, or for records, or something else.

    Providers and services are ours on a request only; on a form about something else nothing is
    but what says that it is the patient's.
    """
    said = " ".join(text.lower().split())
    for_asking, for_release = len(ASKS.findall(said)), len(RELEASES.findall(said))
    if for_asking or for_release:
        return "request" if for_asking >= for_release else "release"
    kinds = {
        what.id
        for fields in pages
        for field in fields
        for label in field.labels[:2]
        if (what := what_in(plain(label.text)))
    }
    return "request" if len(kinds & SIGNS) > 1 else "other"


def _page(fields: Sequence[Named], matter: Matter) -> Iterator[Draft]:
    whom: list[Whose | None] = whose(fields)
    if matter == "other":
        whom = [one if one and one.by == "its label" else Whose("stranger", "", 0) for one in whom]
    request = matter == "request"
    taken: set[int] = set()
    for one in (*tables(fields, whom, request=request), *choices(fields, whom, request=request)):
        if not taken.intersection(one.numbers):
            taken.update(one.numbers)
            yield one
    for n, one in drafted(fields, whom, request=request).items():
        known = meaning(fields[n])
        whole = split(fields, n, one, known[0]) if known else None
        if whole and not taken.intersection(whole.numbers):
            taken.update(whole.numbers)
            yield whole


def _moved(draft: Draft, by: int) -> Draft:
    """A page's draft with the numbers of the whole form."""
    return replace(
        draft,
        numbers=tuple(n + by for n in draft.numbers),
        boxes={value: tuple(n + by for n in own) for value, own in draft.boxes.items()},
        parts=tuple((part, n + by) for part, n in draft.parts),
        columns=tuple((column, tuple(n + by for n in chain)) for column, chain in draft.columns),
    )


def _agreed(fields: Sequence[Named], drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what two places of one field, or a plain "provider" beside others, leave open."""
    told: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        for n in draft.numbers:
            told[_key(fields[n])].add(str(draft.entry.get("from")) + str(draft.entry.get("join")))
    clear = [d for d in drafts if all(len(told[_key(fields[n])]) == 1 for n in d.numbers)]
    if any(one.id.startswith("requester.") for one in clear):
        clear = [one for one in clear if not one.id.startswith("provider.")]
    done: set[str] = set()
    kept = []
    for draft in clear:
        names = {_key(fields[n]) for n in draft.numbers}
        if not names & done:
            kept.append(draft)
            done |= names
    return kept


def _key(field: Named) -> str:
    """A field; for a radio group its place too, as each of its boxes is one of its states."""
    place = field.place
    return f"{place.name}{place.states}" if place.kind in ("box", "radio") else place.name


def _distinct(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Number the ids that come twice."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        seen[draft.id] += 1
        yield draft if seen[draft.id] == 1 else replace(draft, id=f"{draft.id}_{seen[draft.id]}")
