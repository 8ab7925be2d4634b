"""What differs between two versions of a policy, in words a nurse reads."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from nodes.policy.changed import Changed, Effect, PolicyDifference, header, sources
from nodes.policy.fields import Shift, codes_of, days_of
from nodes.policy.leaf import LeafBase
from nodes.policy.model import Parameter, Policy
from nodes.policy.parts import All, AnyNode, AtLeast, Negated, Same, children, walk
from nodes.policy.plain import Said, counted, few
from nodes.policy.shown_by import shown_by
from nodes.policy.strength import compare
from nodes.policy.tree import compile_policy
from nodes.policy.value_set import Member

CLAUSE = re.compile(r"((?:\([^()]*\)|coded [A-Z][^;]*|[^,(])+),?\s*")
CODED = re.compile(r"\([^()]*\)|coded .*")
OPPOSITE: dict[Effect, Effect] = {
    "stricter": "looser", "looser": "stricter", "either": "either", "same": "same",
}  # fmt: skip


def difference(old: Policy, new: Policy) -> PolicyDifference:
    """Compare two policies: header, sources, criteria, numbers and codes, in this order."""
    found = compare(old, new)
    signs = _signs(old) | _signs(new)
    seen = _Seen(old, new, found.parts, signs)
    changes = (*header(old, new), *sources(old, new), *seen.parts_changed(), *seen.tables())
    return PolicyDifference(
        title=new.title,
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        effect=_effect(found.whole, frozenset({1})),
        changes=changes,
    )


def _effect(shift: Shift, signs: frozenset[int]) -> Effect:
    """Say what a part's shift does to the whole: the other way round inside an exclusion."""
    moves = {shift.met if sign > 0 else shift.not_met for sign in signs}
    if moves <= {"same"}:
        return "same"
    if moves <= {"same", "fewer"}:
        return "stricter"
    return "looser" if moves <= {"same", "more"} else "either"


def _signs(policy: Policy) -> dict[str, frozenset[int]]:
    """Say for every part whether the whole needs it met (1), not met (-1), or both."""
    found: dict[str, set[int]] = {}
    parts = {part.id: part for root in policy.roots for part in walk(root)}

    def note(part: AnyNode, sign: int) -> None:
        found.setdefault(part.id, set()).add(sign)
        below = (parts[part.same_as],) if isinstance(part, Same) else children(part)
        for child in below:
            note(child, -sign if isinstance(part, Negated) else sign)

    note(policy.criteria, 1)
    for exclusion in policy.exclusions:
        note(exclusion, -1)
    for waiver in policy.exceptions:
        for sign in {one for name in waiver.waives for one in found.get(name, {1})}:
            note(waiver.criterion, sign)
    return {name: frozenset(signs) for name, signs in found.items()}


class _Seen:
    """Both versions at once, with what became of every part."""

    def __init__(
        self,
        old: Policy,
        new: Policy,
        shifts: Mapping[str, Shift],
        signs: Mapping[str, frozenset[int]],
    ) -> None:
        self.old, self.new, self.shifts, self.signs = old, new, shifts, signs
        self.before, self.after = (
            {part.id: part for root in one.roots for part in walk(root)} for one in (old, new)
        )
        self.said = tuple(
            Said(one, dict(compile_policy(one).words), one.effective.first) for one in (old, new)
        )

    def effect(self, name: str) -> Effect:
        return _effect(self.shifts.get(name, Shift("unclear", "unclear")), self.sign(name))

    def sign(self, name: str) -> frozenset[int]:
        return self.signs.get(name, frozenset({1}))

    def parts_changed(self) -> Iterator[Changed]:
        """Criteria added, removed and changed; of a subtree that came or went only its top."""
        for kind, here, other, policy, which in (
            ("added", self.after, self.before, self.new, 1),
            ("removed", self.before, self.after, self.old, 0),
        ):
            over = _parents(policy)
            for name, part in here.items():
                if name not in other and over.get(name) not in here.keys() - other.keys():
                    yield self.whole(kind, part, over.get(name), which)
        for name, part in self.after.items():
            if name in self.before:
                yield from self.changed(self.before[name], part)

    def whole(self, kind: str, part: AnyNode, parent: str | None, which: int) -> Changed:
        """A part that came or went, with what shows it and where it stands."""
        policy = self.new if which else self.old
        asked = "; ".join(
            shown_by(one, self.said[which]) for one in walk(part) if isinstance(one, LeafBase)
        )
        where = _place(policy, part.id, parent)
        effect = _effect_of_more(policy, part.id, parent)
        if kind == "removed":
            effect = OPPOSITE[effect]
        return Changed.model_validate(
            {
                "kind": kind,
                "about": part.id,
                "told": f"{part.text}. {where} Shown by: {asked}.",
                "effect": effect,
                "criteria": tuple(one.id for one in walk(part)),
            }
        )

    def changed(self, was: AnyNode, now: AnyNode) -> Iterator[Changed]:
        """A part that stayed and asks otherwise, or only says so otherwise."""
        told = []
        if isinstance(was, LeafBase) and isinstance(now, LeafBase):
            before, after = shown_by(was, self.said[0]), shown_by(now, self.said[1])
            if before != after:
                told.append(_clauses(before, after))
            if was.when_absent != now.when_absent:
                silent = "counts as not met" if now.when_absent == "not_met" else "is left open"
                told.append(f"nothing recorded now {silent}")
        elif _counted(was) != _counted(now):
            told.append(f"was: {_counted(was)}; now: {_counted(now)}")
        effect = self.effect(now.id)
        if told or (isinstance(now, LeafBase) and effect != "same"):
            text = f"{now.text}. {'; '.join(told) or 'It asks for other records'}."
            yield Changed(
                kind="changed", about=now.id, told=text, effect=effect, criteria=(now.id,)
            )
        elif was.text != now.text or getattr(was, "ask", None) != getattr(now, "ask", None):
            yield Changed(
                kind="words", about=now.id, told=f"Worded: {now.text}.", effect="same",
                criteria=(now.id,),
            )  # fmt: skip

    def tables(self) -> Iterator[Changed]:
        """Numbers and code lists."""
        for name in sorted(self.old.parameters.keys() & self.new.parameters.keys()):
            was, now = self.old.parameters[name], self.new.parameters[name]
            if days_of(was) != days_of(now):
                yield self.entry("number", name, f"{_number(was)} -> {_number(now)}")
        for name in sorted(self.old.value_sets.keys() & self.new.value_sets.keys()):
            told = _codes_changed(self.old.value_sets[name], self.new.value_sets[name])
            if told:
                yield self.entry("codes", name, told)

    def entry(self, kind: Literal["number", "codes"], name: str, told: str) -> Changed:
        users = tuple(one for one in self.after if _uses(self.new, self.after[one], name))
        effects = {self.effect(one) for one in users if one in self.before} - {"same"}
        effect: Effect = "either" if len(effects) > 1 else next(iter(effects), "same")
        return Changed(kind=kind, about=name, told=told, effect=effect, criteria=users)


def _uses(policy: Policy, part: AnyNode, name: str) -> bool:
    fields = ("value_set", "about_codes", "start", "weeks", "days")
    care = policy.therapies.get(str(getattr(part, "therapies", "")))
    named = {getattr(part, field, None) for field in fields}
    return name in named or bool(care and name in (care.procedures, care.medications))


def _parents(policy: Policy) -> dict[str, str]:
    parts = (part for root in policy.roots for part in walk(root))
    return {child.id: part.id for part in parts for child in children(part)}


def _effect_of_more(policy: Policy, name: str, parent: str | None) -> Effect:
    """Say what one more part in this place does to the whole."""
    parts = {part.id: part for root in policy.roots for part in walk(root)}
    if parent is None:
        excluded = name in {one.id for one in policy.exclusions}
        return "stricter" if excluded or name == policy.criteria.id else "looser"
    signs = _signs(policy)[parent]
    if len(signs) > 1 or isinstance(parts[parent], Negated):
        return "either"
    return "stricter" if isinstance(parts[parent], All) == (1 in signs) else "looser"


def _place(policy: Policy, name: str, parent: str | None) -> str:
    if parent:
        return f"Part of {parent}."
    if name in {one.id for one in policy.exclusions}:
        return "An exclusion: met, the service is not covered."
    waived = [one.waives for one in policy.exceptions if one.criterion.id == name]
    return f"An exception: met, {', '.join(waived[0])} need not be." if waived else ""


def _clauses(before: str, after: str) -> str:
    """Say what differs between two phrasings, clause by clause; lists of codes stand elsewhere."""
    was, now = (CLAUSE.findall(told) for told in (before, after))
    gone = [one for one in was if one not in now]
    come = [one for one in now if one not in was]
    if [_bare(one) for one in gone] == [_bare(one) for one in come]:
        return "it asks the same with other codes, listed below"
    return f"was: {', '.join(gone) or '-'}; now: {', '.join(come) or '-'}"


def _bare(clause: str) -> str:
    return CODED.sub("", clause)


def _counted(part: AnyNode) -> str:
    if isinstance(part, AtLeast):
        return f"at least {part.at_least} of its parts"
    names: tuple[tuple[str, str], ...] = (("all", "all of its parts"), ("any", "one of its parts"))
    return next((said for key, said in names if hasattr(part, key)), type(part).__name__.lower())


def _number(parameter: Parameter) -> str:
    return counted(parameter.value, parameter.unit.removesuffix("s"))


def _codes_changed(was: tuple[Member, ...], now: tuple[Member, ...]) -> str:
    before, after = (
        {
            f"{one.system} {code}{'*' * (one.match == 'prefix')}"
            for one in members
            for code in one.codes
        }
        for members in (was, now)
    )
    told = []
    if after - before:
        told.append(f"added {few(sorted(after - before))}")
    if before - after:
        told.append(f"removed {few(sorted(before - after))}")
    if not told and codes_of(was) != codes_of(now):
        told.append("other dates of the codes")
    return "; ".join(told)
