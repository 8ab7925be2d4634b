"""Of which drug an outcome is told, and of which person a disease: as in the clause cited."""

import re
from collections.abc import Iterator, Sequence

from nodes.writing import courses
from nodes.writing.drugs import folded_drugs
from nodes.writing.stems import stem
from nodes.writing.terms import terms

KIN = re.compile(
    r"\b(mother|father|sister|brother|parent|sibling|aunt|uncle|grand\w+|cousin|daughter|son"
    r"|maternal|paternal|family|relative|fh|fhx)s?\b"
)
ANY_KIN = frozenset({"family", "relative", "fh", "fhx", "maternal", "paternal", "parent"})
PARTLY = re.compile(r"\b(?:partial|minimal|limited|incomplet|slight|temporar|brief|some|little)")
FLATLY = re.compile(r"\b(?:not|no|never|without|failed|ineffective|unsuccessful)\b")
TELLS = re.compile(
    r"\b(?:report|state|say|said|denie|deny|note|describ|bring|brought|present|accompan|help"
    r"|assist|live|care|drive|drove|concern|recall|translat|interpret|observ|witness|support)"
)


def other_outcomes(
    said: str, sources: Sequence[str], known: frozenset[str]
) -> Iterator[tuple[str, courses.Pole]]:
    """List the drugs that folded words say helped, or did not, where their source says other."""
    clauses = [(folded_drugs(one, known), one) for text in sources for one in _clauses(text)]
    for clause in _clauses(said):
        drugs = folded_drugs(clause, known)
        told = courses.outcomes(clause) if drugs else frozenset[courses.Pole]()
        for drug in sorted(drugs) if told else ():
            of_drug = [one for there, one in clauses if drug in there]
            if any(PARTLY.search(one) for one in of_drug) and not _flatly(clause):
                continue
            there = frozenset[courses.Pole]().union(*map(courses.outcomes, of_drug))
            if there and told - there:
                yield drug, min(told - there)


def _flatly(clause: str) -> bool:
    return bool(FLATLY.search(clause)) and not PARTLY.search(clause)


def others_diseases(said: str, sources: Sequence[str]) -> list[str]:
    """List the clinical terms of folded words that their source tells only of someone else."""
    if not any(KIN.search(text) for text in sources):
        return []
    clauses = [(_kin(one), _terms(one)) for text in sources for one in _clauses(text)]
    found: set[str] = set()
    for clause in _clauses(said):
        kin = _kin(clause)
        for term in _terms(clause):
            whose = [of for of, named in clauses if term in named]
            if whose and not any(_same(kin, of) for of in whose):
                found.add(term)
    return sorted(found)


def _same(kin: frozenset[str], whose: frozenset[str]) -> bool:
    if not kin or not whose:
        return not kin and not whose
    return bool(kin & whose) or kin <= ANY_KIN or whose <= ANY_KIN


def _kin(clause: str) -> frozenset[str]:
    """Give the relatives that a clause is about, none where one of them only tells it."""
    return frozenset[str]() if TELLS.search(clause) else frozenset(KIN.findall(clause))


def _terms(clause: str) -> frozenset[str]:
    return frozenset(stem(word) for word in terms(clause)) - KIN_STEMS


def _clauses(text: str) -> list[str]:
    return [clause for clause in courses.CLAUSE.split(text) if clause.strip()]


_KIN = "mother father sister brother family maternal paternal"
KIN_STEMS = frozenset(map(stem, _KIN.split()))
