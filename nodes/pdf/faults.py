"""What in a mapping fits neither its form nor the models: found when it is loaded."""

from collections.abc import Iterator, Sequence
from typing import Any

from nodes.assessment import Assessment
from nodes.pdf.cased import CaseOnForm
from nodes.pdf.charted import Charted
from nodes.pdf.filling.fields import Widget
from nodes.pdf.mapping import Mapping, Single, Table
from nodes.pdf.paths import element, is_model, literals, type_at
from nodes.pdf.places import Chosen, Place, Scalar, Written, many, parts
from nodes.pdf.spots import Box as Corners
from nodes.prose import Summary

ROOTS: dict[str, Any] = {
    "case": CaseOnForm,
    "summary": Summary,
    "assessment": Assessment,
    "chart": Charted,
}
WRITABLE = ("text", "choice")
Sizes = Sequence[tuple[float, float]]


def place_faults(mapping: Mapping, widgets: Sequence[Widget], sizes: Sizes) -> Iterator[str]:
    """Say which places the form does not have, are filled twice or must stay empty."""
    kinds = {w.name: w.kind for w in widgets}
    states = {(w.name, state) for w in widgets for state in w.states}
    filled: dict[tuple[str, str | None], str] = {}
    for entry, place in mapping.places():
        if place.pdf is None:
            yield from _spot_faults(mapping, entry, place, sizes)
            continue
        name, state = box = (place.pdf, place.on)
        if state and box not in states:
            yield f"the form has no box {name} with the state {state}"
        if not state and kinds.get(name) not in WRITABLE:
            yield f"the form has no text field {name}"
        if filled.setdefault(box, entry) != entry:
            yield f"{name} is filled twice"
    yield from _left_empty(mapping, set(kinds), {name for name, _ in filled})


def id_faults(mapping: Mapping) -> Iterator[str]:
    """Say which ids are used twice."""
    seen: set[str] = set()
    for one in _ids(mapping):
        if one in seen:
            yield f"the id {one} is used twice"
        seen.add(one)


def _ids(mapping: Mapping) -> Iterator[str]:
    for entry in (*mapping.fields, *mapping.sign):
        yield entry.id
        inside = entry.columns if isinstance(entry, Table) else (entry,)
        for one in inside:
            named = f"{entry.id}.1.{one.id}" if isinstance(entry, Table) else entry.id
            if isinstance(entry, Table):
                yield named
            split = one.split if isinstance(one, Chosen) else ()
            yield from (f"{named}.{part.id}" for part in split)


def path_faults(entry: Single | Table) -> Iterator[str]:
    """Say which paths of an entry lead nowhere, and which of its words its values never are."""
    if isinstance(entry, Table):
        yield from _table_faults(entry)
        return
    for path, among in entry.when.items():
        yield from _condition_faults(path, many(among))
    for path in entry.paths:
        kind = _rooted(path)
        if kind is None:
            yield f"there is nothing at {path}"
        else:
            yield from _written_faults(entry, kind)
            yield from _choice_faults(entry, path, kind)


def _left_empty(mapping: Mapping, there: set[str], filled: set[str]) -> Iterator[str]:
    left = {*mapping.clear, *(sign.pdf for sign in mapping.sign if sign.pdf)}
    yield from (f"the form has no field {name}" for name in sorted(left - there))
    yield from (f"{name} must stay empty" for name in sorted(filled & left))
    missing = set(mapping.source.fingerprint) - there
    yield from (f"the form has no field {name}" for name in sorted(missing))


def _spot_faults(mapping: Mapping, entry: str, place: Place, sizes: Sizes) -> Iterator[str]:
    page, box = _corners(mapping, place)
    if page > len(sizes):
        yield f"{entry}: the form has no page {page}"
        return
    width, height = sizes[page - 1]
    if box[0] < 0 or box[1] < 0 or box[2] > width + 1 or box[3] > height + 1:
        yield f"{entry}: its place is outside the page"
    for sign in mapping.sign:
        if sign.pdf is None:
            other, corners = _corners(mapping, Place(at=sign.at, grid=sign.grid))
            if other == page and _overlap(box, corners):
                yield f"{entry}: its place is that of {sign.id}, which must stay empty"


def _corners(mapping: Mapping, place: Place) -> tuple[int, Corners]:
    if place.at:
        return place.at.page, place.at.corners
    assert place.grid is not None
    return place.grid.page, mapping.grid.corners(place.grid)


def _overlap(one: Corners, other: Corners) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0.5 and min(one[3], other[3]) - max(one[1], other[1]) > 0.5


def _rooted(path: str) -> Any:
    """Tell the type at a path that begins with a root; None: there is nothing."""
    root, _, rest = path.partition(".")
    try:
        return type_at(ROOTS[root], rest)
    except LookupError:
        return None


def _condition_faults(path: str, among: Sequence[Scalar]) -> Iterator[str]:
    kind = _rooted(path)
    if kind is None:
        yield f"there is nothing at {path}"
        return
    allowed = literals(kind)
    yield from (f"{path} is never {one}" for one in among if allowed and one not in allowed)


def _choice_faults(entry: Single, path: str, kind: Any) -> Iterator[str]:
    allowed = ("true", "false") if kind is bool else literals(element(kind) or kind)
    if allowed is None or entry.join:
        return
    possible = {entry.words.get(one, one) for one in allowed}
    yield from (f"{path} is never {value}" for value in entry.choice if value not in possible)


def _table_faults(entry: Table) -> Iterator[str]:
    kind = _rooted(entry.from_)
    if kind is None:
        yield f"there is nothing at {entry.from_}"
        return
    row = element(kind)
    if row is None:
        yield f"{entry.from_} is not a list"
        return
    yield from _filter_faults(row, (*entry.only, *entry.skip))
    for column in entry.columns:
        for path in many(column.from_):
            try:
                found = _rooted(path) if path.partition(".")[0] in ROOTS else type_at(row, path)
            except LookupError:
                found = None
            if found is None:
                yield f"there is nothing at {path}"
            else:
                yield from _written_faults(column, found)


def _written_faults(written: Chosen, kind: Any) -> Iterator[str]:
    for one in written.split or (written,):
        yield from _join_faults(one, element(kind) or kind)


def _join_faults(written: Written, whole: Any) -> Iterator[str]:
    if is_model(whole) and written.join is None:
        yield "needs join: its value has several parts"
    yield from _filter_faults(whole, (*parts(written.join or ""), *written.only, *written.skip))


def _filter_faults(whole: Any, paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        try:
            part = type_at(whole, path)
        except LookupError:
            yield f"there is nothing at {path} of its value"
            continue
        if is_model(element(part) or part):
            yield f"{path} of its value has several parts"
