"""One difference between two versions of a policy, and those of header and sources."""

from collections.abc import Iterator
from typing import Literal

from nodes.audit import Model
from nodes.policy.model import Applies, Policy
from nodes.policy.plain import few
from nodes.policy.value_set import Effective

Effect = Literal["stricter", "looser", "either", "same"]


class Changed(Model):
    """One difference; ``effect`` is what it does to the whole, as far as structure shows it."""

    kind: Literal["added", "removed", "changed", "codes", "number", "header", "source", "words"]
    about: str
    told: str
    effect: Effect
    criteria: tuple[str, ...] = ()


class PolicyDifference(Model):
    """All differences, and what they do together."""

    title: str
    old: str
    new: str
    effect: Effect
    changes: tuple[Changed, ...]


def header(old: Policy, new: Policy) -> Iterator[Changed]:
    """What differs in the header."""
    told: tuple[tuple[str, str, str], ...] = (
        ("id", old.id, new.id),
        ("status", old.status, new.status),
        ("in force", _days(old.effective), _days(new.effective)),
        ("review by", str(old.review_by), str(new.review_by)),
        ("for", _whom(old.applies), _whom(new.applies)),
        ("services", _services(old), _services(new)),
    )
    for about, was, now in told:
        if was != now:
            yield Changed(kind="header", about=about, told=f"{was} -> {now}", effect="same")


def _days(dates: Effective) -> str:
    return f"from {dates.first}" + (f" to {dates.last}" if dates.last else "")


def _whom(applies: Applies) -> str:
    parts: list[tuple[str, tuple[str, ...]]] = [
        ("", tuple(one.replace("_", " ") for one in applies.lines_of_business)),
        ("payer ", applies.payers),
        ("plan ", applies.plans),
        ("state ", applies.states),
        ("", applies.certifications),
    ]
    return "; ".join(f"{name}{', '.join(told)}" for name, told in parts if told) or "anybody"


def _services(policy: Policy) -> str:
    return few([code for one in policy.services for code in one.codes])


def sources(old: Policy, new: Policy) -> Iterator[Changed]:
    """What differs in the texts that are cited."""
    before, after = ({one.id: one for one in policy.sources} for policy in (old, new))
    for name in sorted(after.keys() - before.keys()):
        yield _source(name, f"now cited: {after[name].title}")
    for name in sorted(before.keys() - after.keys()):
        yield _source(name, "no longer cited")
    for name in sorted(before.keys() & after.keys()):
        was, now = before[name], after[name]
        if was != now:
            differs = [
                f"{field} {getattr(was, field) or '-'} -> {getattr(now, field) or '-'}"
                for field in type(now).model_fields
                if getattr(was, field) != getattr(now, field)
            ]
            yield _source(name, "; ".join(differs))


def _source(name: str, told: str) -> Changed:
    return Changed(kind="source", about=name, told=told, effect="same")
