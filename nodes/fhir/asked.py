"""What an order asks for: its family of services, and its own matter beside that family's."""

import re
from collections.abc import Iterable, Sequence

from nodes.case import Diagnosis, ServiceLine
from nodes.fhir.relevance import Family, Relevance, Rule, pattern

WORD = re.compile(r"[^\W\d_]{4,}")
CATEGORY = 3
NEIGHBOURS = 4
SERVICES = {"procedure", "order", "report"}


def family(
    table: Relevance,
    lines: Sequence[ServiceLine],
    diagnoses: Sequence[Diagnosis] = (),
    reason: str | None = None,
) -> Family:
    """Choose the family of the first line that has one, and add the order's own matter to it.

    Where families share a code, the one whose words or diagnoses the order has goes first. A
    service no family knows gets the default one, made of the order's own codes and words.
    """
    said = [reason, *(line.display for line in lines), *(one.display for one in diagnoses)]
    words = "\n".join(word for word in said if word)
    chosen = next(
        (found for line in lines if (found := _of(table, line, words, diagnoses))), table.default
    )
    own = chosen.rules if chosen is table.default else (*chosen.rules, *table.own)
    vague = frozenset(table.vague)
    rules = tuple(_filled(rule, lines, diagnoses, content(words, vague)) for rule in own)
    near = [name for name, matter in table.matters.items() if matter.found_in(words)]
    return chosen.model_copy(
        update={"rules": tuple(rule for rule in rules if rule), "near": (*chosen.near, *near)}
    )


def _of(
    table: Relevance, line: ServiceLine, words: str, diagnoses: Sequence[Diagnosis]
) -> Family | None:
    named = [f for f in table.families if f.names and pattern(f.names).search(line.display or "")]
    coded = [f for f in table.families if f.serves(line.system, line.code)]
    found = coded or (named if line.system == "NDC" else [])
    fitting = [f for f in found if f.about and _about(f, words, diagnoses)]
    plain = [f for f in found if not f.about]
    return next(iter([*fitting, *plain, *found]), None)


def _about(family: Family, words: str, diagnoses: Sequence[Diagnosis]) -> bool:
    coded = family.diagnoses and any(one.code.startswith(family.diagnoses) for one in diagnoses)
    return bool(coded) or bool(pattern(family.about).search(words))


def _filled(
    rule: Rule, lines: Sequence[ServiceLine], diagnoses: Sequence[Diagnosis], own: tuple[str, ...]
) -> Rule | None:
    """Put the order's own codes and words into a rule; None where the order has none for it."""
    if rule.only_for and diagnoses and not any(d.code.startswith(rule.only_for) for d in diagnoses):
        return None
    if not rule.own:
        return rule
    codes = list(rule.codes)
    if "condition" in rule.kinds:
        codes += [f"ICD-10-CM {one.code[:CATEGORY]}" for one in diagnoses]
    if not SERVICES.isdisjoint(rule.kinds):
        codes += [f"{line.system} {line.code[:NEIGHBOURS]}" for line in lines]
    words = (*rule.words, *own) if rule.any_words else rule.words
    if not (codes or words):
        return None
    return rule.model_copy(update={"codes": tuple(dict.fromkeys(codes)), "words": words})


def content(words: str, vague: Iterable[str]) -> tuple[str, ...]:
    """Give the words of an order that say what it is about, as beginnings of words."""
    left = frozenset(vague)
    found = (word.casefold().removesuffix("s") for word in WORD.findall(words))
    return tuple(dict.fromkeys(word for word in found if word not in left))[:40]
