"""A policy rehearsed on its own cases: what answered otherwise, and what no case shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from nodes.assessment import Assessment, Status
from nodes.errors import NodeError
from nodes.policy.assess import assess
from nodes.policy.casebook import Casebook, PolicyCase
from nodes.policy.invented import chart, request
from nodes.policy.leaf import LeafBase
from nodes.policy.library import fits
from nodes.policy.reading import Held, version

STATUSES: tuple[Status, ...] = ("met", "not_met", "unknown")
FOUND_OR_OPEN = {
    "encounter_within", "event_before", "procedure_within", "visit_after", "document_present",
    "event_count",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that is not the expected one."""

    case: str
    told: str


@dataclass(slots=True)
class Rehearsal:
    """What came of a policy's cases."""

    held: Held
    book: Casebook
    faults: list[Fault] = field(default_factory=list)
    overall: set[Status] = field(default_factory=set)
    shown: dict[str, set[Status]] = field(default_factory=dict)


def rehearse(held: Held, book: Casebook) -> Rehearsal:
    """Answer every case of a book by the policy itself, whatever other policy there may be."""
    done = Rehearsal(held, book)
    for one in book.cases:
        try:
            case = request(book, one)
            found = assess(held, case, chart(book, one), one.as_of or book.as_of)
        except ValidationError as error:
            done.faults.append(Fault(one.name, _unbuilt(error)))
            continue
        except NodeError as error:
            done.faults.append(Fault(one.name, str(error)))
            continue
        if not fits(held.policy.model_copy(update={"status": "active"}), case):
            done.faults.append(
                Fault(one.name, "the policy is not for this request: service, date or coverage")
            )
        done.overall.add(found.status)
        for criterion in found.criteria:
            if criterion.id in held.compiled.leaves:
                done.shown.setdefault(criterion.id, set()).add(criterion.status)
        done.faults += [Fault(one.name, told) for told in wrong(one, found)]
    return done


def wrong(one: PolicyCase, found: Assessment) -> list[str]:
    """List where an assessment is not what its case expects, each with the reason given."""
    known = {criterion.id: criterion for criterion in found.criteria}
    faults = []
    if found.status != one.expect:
        said = "; ".join(f"{c.id} {c.status}: {c.reason}" for c in found.criteria)
        faults.append(f"expected {one.expect}, is {found.status} ({said})")
    for name, status in one.criteria.items():
        if name not in known:
            faults.append(f"{name}: there is no such criterion")
        elif known[name].status != status:
            faults.append(
                f"{name}: expected {status}, is {known[name].status} ({known[name].reason})"
            )
    if one.missing is not None and found.missing_sets != one.missing:
        faults.append(f"missing: expected {_sets(one.missing)}, is {_sets(found.missing_sets)}")
    faults += _conflicts(one, found)
    ways = {frozenset(flip.changes) for flip in found.flips}
    faults += [
        f"flips: {_sets((told,))} is not among {_sets(flip.changes for flip in found.flips)}"
        for told in one.flips
        if frozenset(told) not in ways
    ]
    return faults


def uncovered(done: Rehearsal) -> list[str]:
    """List what no case of a book shows: a verdict of the whole, a status of a criterion.

    What an overlay takes from its base as it is, the base's own cases show.

    Not asked for: unknown of an age, and of a criterion of which silence says not met; not met of
    what is only found or not found (visits, tests, papers); for an order, more than it can be. Any
    other status that a criterion can never have is written under ``never`` with the reason; it is
    itself a fault when some case shows it after all.
    """
    found = [f"no case expects {one}" for one in STATUSES if one not in done.overall]
    own = version(done.held.policy)
    for name, leaf in done.held.compiled.leaves.items():
        if done.held.origins.get(name, own) != own:
            continue
        excused, seen = done.book.never.get(name, {}), done.shown.get(name, set())
        found += [
            f"{name}: no case shows it {status}"
            for status in STATUSES
            if status not in seen and status not in excused and status not in _needless(leaf)
        ]
        found += [
            f"{name}: a case shows it {status}, which `never` excludes"
            for status in STATUSES
            if status in seen and status in excused
        ]
    unknown = sorted(set(done.book.never) - set(done.held.compiled.leaves))
    return found + [f"never: {name} is no criterion that is asked" for name in unknown]


def _needless(leaf: LeafBase) -> set[Status]:
    """Say which statuses no case need show of a kind of question."""
    op = str(getattr(leaf, "op", ""))
    if op == "ordered":
        left = {"met"} if getattr(leaf, "value_set", None) is None else {"met", leaf.when_absent}
        return set(STATUSES) - left
    if op == "age" or leaf.when_absent == "not_met":
        return {"unknown"}
    return {"not_met"} if op in FOUND_OR_OPEN else set()


def _conflicts(one: PolicyCase, found: Assessment) -> list[str]:
    if one.conflict is None:
        return []
    marked = {criterion.id for criterion in found.criteria if criterion.conflict}
    if isinstance(one.conflict, bool):
        said = "a conflict" if marked else "no conflict"
        return [f"conflict: expected {one.conflict}, there is {said}".lower()] * (
            one.conflict != bool(marked)
        )
    return [
        f"{name}: expected to be marked as conflict" for name in one.conflict if name not in marked
    ]


def _sets(sets: Iterable[tuple[str, ...]]) -> str:
    return "[" + ", ".join("[" + ", ".join(one) + "]" for one in sets) + "]"


def _unbuilt(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_context=False)[0]
    return f"the case cannot be built: {'/'.join(map(str, first['loc']))}: {first['msg']}"
