"""Left or right: the order's side against the words around it, its own and its clinician's plan.

A stop needs a sentence that asks for the same service on the same part and names the other side
only. What is history, done, denied, or said of the other side for comparison is no such sentence.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from nodes.case import ServiceLine
from nodes.chart import HardStop, Note
from nodes.fhir import codes, lateral, names, ordered, orders, tree
from nodes.fhir.gate import stop
from nodes.fhir.lateral import Side
from nodes.fhir.mention import SENTENCE, heading
from nodes.fhir.parts import PART, contradicted, sided, spelled
from nodes.fhir.tree import Resource

RECENT = timedelta(days=92)
PLAN = re.compile(
    r"plan|a ?[/&] ?p|recommendations?|orders?(?: placed| today)?|assessment (?:and|&) plan"
    r"|assessment ?/ ?plan|impression (?:and|&) plan|plan of (?:care|treatment)|treatment plan",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"\b(?:plan(?:ned|ning|s)?|schedul\w+|proceed\w*|order(?:ed|ing)?|recommend\w*|request\w*"
    r"|prior auth\w*|authoriz\w+|candidate for|indicated for|refer(?:red|ral)? for"
    r"|will (?:get|obtain|undergo|have|need))\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\bs/p\b|\bh/o\b|\b(?:status post|history of|hx|prior|previous\w*|past|already|after|following"
    r"|since|post[- ]?op\w*|recover\w*|healed|rehab\w*|follow[- ]?up|complet\w+|done|performed"
    r"|underwent|had|ago|(?:in )?(?:19|20)[0-9]{2}|compar\w+|versus|vs|unlike|contralateral"
    r"|uninvolved|normal|asymptomatic|unaffected|later|eventual\w*|next year)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:no|not|never|defer\w*|declin\w*|hold(?:ing)? off|instead of|rather than|cancel\w*|denies"
    r"|without|if|unless|consider\w*)\b",
    re.IGNORECASE,
)
AUTHORIZATION = re.compile(r"\b(?:prior|previous) auth\w*", re.IGNORECASE)
KINDS = {
    "arthroplasty": re.compile(r"arthroplast|replacement|resurfacing", re.IGNORECASE),
    "arthroscopy": re.compile(r"arthroscop|meniscectom|\bscope\b|cuff repair", re.IGNORECASE),
    "mri": re.compile(r"\bmri?\b|\bmra\b|magnetic resonance", re.IGNORECASE),
    "ct": re.compile(r"\bcta?\b|computed tomograph|cat scan", re.IGNORECASE),
    "xray": re.compile(r"x-?ray|radiograph|\bxr\b", re.IGNORECASE),
    "ultrasound": re.compile(r"ultraso|\bus\b(?= )|doppler", re.IGNORECASE),
    "injection": re.compile(r"inject|viscosuppl|hyaluron|aspirat", re.IGNORECASE),
    "ablation": re.compile(r"ablation|rhizotom|nerve block", re.IGNORECASE),
    "brace": re.compile(r"\bbrac(?:e|ing)|orthosis|orthotic|prosthe", re.IGNORECASE),
    "therapy": re.compile(r"physical therap|occupational therap", re.IGNORECASE),
    "cataract": re.compile(r"cataract|phaco", re.IGNORECASE),
    "removal": re.compile(r"mastectom|lumpectom|biops|amputat|excision", re.IGNORECASE),
    "repair": re.compile(r"reconstruct|fixation|\borif\b|fusion|release\b|repair", re.IGNORECASE),
}
CODED = (("2744", "arthroplasty"), ("2713", "arthroplasty"), ("2347", "arthroplasty"),
         ("298", "arthroscopy"), ("2060", "injection"), ("2061", "injection"))  # fmt: skip
ALONE = re.compile(r"(?:the |on )?(?:left|right|lt|rt)(?: side| only| please|[.!])*", re.IGNORECASE)
WITHIN = "the order says one side in one place and the other side in another"
PLANNED = "the order is for one side, the plan in the clinician's latest note for the other"


def within(order: Resource) -> Iterator[HardStop]:
    """Compare what the order says of its side in body site, words, modifiers, details and note."""
    site, said = order.get("bodySite"), codes.words(ordered.concept(order)) or ""
    chosen = orders.laterality(order)
    named = PART.search(spelled(f"{' '.join(filter(None, codes.every(site)))}\n{said}"))
    part = named[1].lower() if named else lateral.part(site)
    told = [{lateral.side(" ".join(orders.modifiers(order)))}]
    details = tree.items(order, "orderDetail")
    told += [{lateral.of(one)} for one in details if _fits(part, codes.words(one) or "")]
    if part:
        told.append(set(sided(part, spelled(said))))
        told.append(_noted(part, order))
    if any(contradicted(chosen, one) for one in told):
        yield stop("laterality_mismatch", WITHIN, "/service_lines")


def _fits(part: str | None, words: str) -> bool:
    """Whether words are about a part, or about none."""
    return {found.lower() for found in PART.findall(words)} <= {part}


def _noted(part: str, order: Resource) -> set[Side | None]:
    """Find the sides its notes ask for; history beside the same side spoken of clears it."""
    found: set[Side | None] = set()
    for text in tree.strings([one.get("text") for one in tree.items(order, "note")]):
        said = spelled(text)
        if ALONE.fullmatch(said.strip()):
            found.add(lateral.side(said))
        for sentence in SENTENCE.split(said):
            sides = _sides(part, sentence)
            found |= sides if _stands(sentence) or "bilateral" in sides else set()
    return found


def against_plan(
    lines: Sequence[ServiceLine],
    about: str,
    notes: Sequence[Note],
    clinician: str | None,
    as_of: date,
) -> Iterator[HardStop]:
    """Compare the ordered side with the plan of the ordering clinician's latest note about it.

    ``about`` is what the order and its diagnoses say; ``clinician`` the family name. Only a note of
    the last three months that plans this kind of service counts, of these the latest day's.
    """
    own = [note for note in notes if _own(note, clinician) and _new(note.written, as_of)]
    for line in lines:
        words = spelled(f"{line.display or ''}\n{about}")
        part, wanted = PART.search(words), kinds(words, line.code)
        if line.laterality in {"left", "right"} and part and wanted:
            other = _planned(part[1].lower(), wanted, own, line.laterality)
            if other:
                yield stop("laterality_mismatch", f"{PLANNED}: {other}", "/service_lines")
                return


def _planned(part: str, wanted: set[str], notes: Sequence[Note], side: str) -> str | None:
    """Name the latest note whose plan is for the other side only."""
    latest: date | None = None
    stated: set[Side | None] = set()
    place = None
    for note in sorted(notes, key=lambda one: one.written, reverse=True):
        if latest and note.written < latest:
            break
        asked = [said for said in asking(note.text) if kinds(said) & wanted]
        if asked:
            latest, place = note.written, note.id
            stated = stated.union(*(_sides(part, said) for said in asked))
    return place if contradicted(side, stated) else None


def asking(text: str) -> Iterator[str]:
    """Give the sentences of a note that ask for something: of its plan, or in so many words."""
    planning = False
    for line in spelled(text).split("\n"):
        if found := heading(line):
            planning = bool(PLAN.fullmatch(found[0].strip()))
        for sentence in SENTENCE.split(line):
            if (planning or ASKING.search(sentence)) and _stands(sentence):
                yield sentence


def _sides(part: str, sentence: str) -> set[Side | None]:
    """Find the sides a sentence says of a part; one that speaks of both sides is of both."""
    found = set(sided(part, sentence))
    both = found and lateral.side(sentence) == "bilateral"
    return {"bilateral"} if both else found


def kinds(words: str, code: str = "") -> set[str]:
    """Say which kinds of service words speak of, or a code is of."""
    found = {kind for kind, form in KINDS.items() if form.search(words)}
    return found | {kind for prefix, kind in CODED if code.startswith(prefix)}


def _stands(sentence: str) -> bool:
    """Whether a sentence is of now and affirms: no history, no comparison, no condition."""
    said = AUTHORIZATION.sub("", sentence)
    return not PAST.search(said) and not DENIED.search(said)


def _own(note: Note, clinician: str | None) -> bool:
    """Whether a note can be the clinician's."""
    return not (clinician and note.author) or bool(
        names.parts(clinician) & names.parts(note.author)
    )


def _new(when: date, as_of: date) -> bool:
    return as_of - RECENT <= when <= as_of
