"""What goes into a field to write in: its label's meaning, and whose it is, as a path."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nodes.pdf.inspecting.concepts import WhatWords, plain, what_in
from nodes.pdf.inspecting.drafts import WEAK, Draft
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.whose import Whose

ROOT = {
    "patient": "case.patient",
    "insured": "case.insured",
    "requester": "case.requester",
    "rendering": "case.rendering",
    "facility": "case.facility",
    "referring": "case.referring",
    "primary_care": "case.primary_care",
    "provider": "case.requester",
}
PERSONS = frozenset({"patient", "insured"})
NUMBERED = re.compile(r"(?<![\d.])#?\s?([1-9]|1[0-2])$")
VERSION = re.compile(r"\(?\w* version$")
DIFFERENT = re.compile(r"if (different|other than|not (the )?(patient|member))")
NARROWEST, SHORT = 16.0, frozenset({"state", "name_middle", "place_of_service"})
LISTS = {"case.diagnoses", "case.service_lines"}


def meaning(field: Named) -> tuple[WhatWords, float] | None:
    """Tell what a field holds by the first label that says it, and how far to trust that."""
    for place, label in enumerate(field.labels):
        words = plain(label.text)
        what = what_in(VERSION.sub("", words) if field.row else words)
        if what:
            later = 0.9 if place else 1.0
            return what, label.score * later
    return None


def drafted(
    fields: Sequence[Named], whom: Sequence[Whose | None], *, request: bool
) -> dict[int, Draft]:
    """Draft what goes into each field to write in, by its position in ``fields``."""
    found: dict[int, Draft] = {}
    lined = _lined(fields, whom)
    for n, field in enumerate(fields):
        if field.place.kind not in ("text", "list") or field.place.hidden or (field.row or 1) > 1:
            continue
        known = meaning(field)
        if known is None or (field.part or 1) > 1:
            continue
        one = _draft(n, field, known, whom[n], lined, request=request)
        if one and one.score >= WEAK:
            found[n] = one
    return found


def _draft(
    n: int,
    field: Named,
    known: tuple[WhatWords, float],
    owner: Whose | None,
    lined: set[str],
    *,
    request: bool,
) -> Draft | None:
    what, trust = known
    if what.path is None or what.only_row or what.needs == "row":
        return None
    if (what.needs in ("provider", "request") or _provider(owner)) and not request:
        return None
    if field.place.box[2] - field.place.box[0] < NARROWEST and what.id not in SHORT:
        return None
    if what.large and not (field.place.multiline or _large(field)):
        return None
    who, weight, said = _whose(what, owner, trust)
    if who is None:
        return None
    score = round(trust * weight * (0.7 if what.weak or who == "provider" else 1.0), 2)
    entry = _entry(what, who, field, lined)
    label = field.label[:60]
    reason = f"{label!r} says {what.id.replace('_', ' ')}{said}"
    name = what.id.replace("who_alone", "name")
    return Draft(f"{who}.{name}" if "{who}" in what.path else name, entry, (n,), score, reason)


def _provider(owner: Whose | None) -> bool:
    return owner is not None and owner.who not in PERSONS


def _whose(what: WhatWords, owner: Whose | None, trust: float) -> tuple[str | None, float, str]:
    """Whose it is, where that matters: a stranger's is not proposed, nobody's neither."""
    if owner and owner.who == "stranger" and what.needs != "row" and not _ours(what, owner):
        return None, 0, ""
    if "{who}" not in (what.path or ""):
        return what.id, 1.0, ""
    if owner is None:
        return (
            (what.otherwise, 0.85, ", of the patient where nothing says whose")
            if what.otherwise
            else (None, 0, "")
        )
    fits = {
        "person": owner.who in PERSONS,
        "provider": owner.who in ROOT and owner.who not in PERSONS,
        "anyone": owner.who in ROOT,
        "place": owner.who in ROOT,
    }
    if not fits.get(what.needs or "", True) and what.otherwise is None:
        return None, 0, ""
    if not fits.get(what.needs or "", True):
        return None, 0, ""
    return owner.who, owner.weight, f", {owner.by} says {owner.who.replace('_', ' ')}"


def _ours(what: WhatWords, owner: Whose) -> bool:
    """Whether a reason asked for at length is the request's, whatever section it closes."""
    return what.large and owner.by != "its label"


def _lined(fields: Sequence[Named], whom: Sequence[Whose | None]) -> set[str]:
    """Whose address is asked for line by line, with a field for the city; whose middle name."""
    return {
        owner.who
        for field, owner in zip(fields, whom, strict=True)
        if owner and (known := meaning(field)) and known[0].id in ("city", "zip", "city_line")
    } | {
        f"{owner.who}.middle"
        for field, owner in zip(fields, whom, strict=True)
        if owner and any("middle" in plain(label.text) for label in field.labels[:1])
    }


def _without(join: str, who: str, lined: set[str]) -> str:
    """Leave out of a name what has a field of its own."""
    return join.replace(" {middle}", "") if f"{who}.middle" in lined else join


def _large(field: Named) -> bool:
    box = field.place.box
    return box[3] - box[1] > 24 and box[2] - box[0] > 200


def _entry(what: WhatWords, who: str, field: Named, lined: set[str]) -> dict[str, Any]:
    path = (what.path or "").replace("{who}", ROOT.get(who, "case.patient"))
    entry: dict[str, Any] = {"from": path}
    if what.join:
        entry["join"] = _without(what.join, who, lined)
    if what.between:
        entry["between"] = what.between
    if what.id == "clinical":
        entry["skip"] = {"title": ["Request", "Medical necessity"]}
    entry = _exception(what, who, path, lined) or entry
    if who == "insured" and DIFFERENT.search(field.labels[0].text.lower()):
        entry["from"] = entry["from"].replace("case.insured.", "case.coverage.subscriber.")
    number = NUMBERED.search(field.labels[0].text) or NUMBERED.search(field.place.name)
    if path in LISTS and what.row and number:
        entry = {"from": f"{path}.{int(number[1]) - 1}.{what.row}"}
    if what.check:
        entry["validate"] = what.check
    return entry


def _exception(what: WhatWords, who: str, path: str, lined: set[str]) -> dict[str, Any] | None:
    """What is found elsewhere than its path says."""
    if what.id in ("name", "who_alone") and who not in PERSONS:
        return {"from": path.replace(".name", ".display")}
    if what.id == "phone" and who == "insured":
        return {"from": "case.insured_phone"}
    if what.id == "address" and who in lined:
        return {"from": f"{path}.lines"}
    return None


def rows(fields: Sequence[Named]) -> Iterator[list[int]]:
    """Give the columns of the page's tables: the fields of each, from the top."""
    chains: dict[int, list[int]] = {}
    for n, field in enumerate(fields):
        if field.chain is not None and field.row is not None:
            chains.setdefault(field.chain, []).append(n)
    for chain in chains.values():
        yield sorted(chain, key=lambda n: fields[n].row or 0)
