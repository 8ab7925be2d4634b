"""Whether a letter is about the case it is given with: the person, and the service."""

import itertools
import re
from difflib import SequenceMatcher

from nodes.case import Case
from nodes.denial.days import dates
from nodes.denial.reading import Letter
from nodes.errors import Complaint, Refused

NAME = re.compile(
    r"(?:(?:patient|member|enrollee|insured|beneficiary|claimant|customer|subscriber"
    r"|recipient)(?:'s)?(?:[ \t]+(?:full )?name)?"
    r"|(?<![\w])name|(?<!\w)re|regarding"
    r"|for)[ \t]*:[ \t]*(?P<name>[a-z][a-z.'\-]+,?(?:[ \t]+[a-z][a-z.'\-]*){1,3})(?=[ \t]{2,}"
    r"|[ \t]*[\n,;(|]|$|[ \t]+(?:dob|member|id|date|plan|case))"
)
BORN = re.compile(r"(?:date of birth|birth ?date|\bdob|d\.o\.b\.?|born)[\s:.)]{1,4}")
MEMBER = re.compile(
    r"(?:member|subscriber|enrollee|insurance|beneficiary|medicare|medicaid|recipient|cin|mbi"
    r"|insured)(?:'s)?[ \t]{0,2}"
    r"(?:id(?:entification)?|number|no\.?|#|mbi)(?:[ \t]{0,2}(?:number|no\.?|#"
    r"|\(mbi\)))?[ \t]{0,2}[:#]{0,2}[ \t]{0,3}"
    r"(?P<id>(?=[a-z0-9\-]{0,20}\d)[a-z0-9][a-z0-9\-]{4,20})"
)
CODE = re.compile(r"(?<![\w\-/.$#])(?:[a-v]\d{4}|\d{4}[0-9ftu])(?![\w/]|-\d)")
CODED = re.compile(
    r"\b(?:cpt|hcpcs|procedure|code|codes|service|item|billing)\b[\s:#()a-z/®-]{0,24}$"
)
NOT_NAMES = re.compile(
    r"\b(?:denial|notice|request|appeal|prior|authorization|services?|mri|ct|coverage|decision"
    r"|determination|of|your|the|case|plan|medical)\b"
)
ALIKE = 0.78


def check(letter: Letter, case: Case) -> tuple[str, ...]:
    """Refuse (409) a letter about another person; warn of another service or of a doubt."""
    name, born, member = _name(letter, case), _born(letter, case), _member(letter, case)
    said = [one for one in (name, born, member) if one is not None]
    wrong = said.count(False)
    if wrong and (wrong * 2 >= len(said)):
        raise Refused(
            "the letter is about another patient than the case",
            [Complaint("/text", "name, birth date or member number must be those of /case")],
        )
    warnings = ["patient_differs: one of name, birth date and member number is another"] * bool(
        wrong
    )
    if not said:
        warnings.append("patient_unnamed: the letter names no patient that can be compared")
    codes = procedures(letter)
    if codes and not set(codes) & {line.code for line in case.service_lines}:
        warnings.append(
            "service_differs: the codes of the letter are not among the case's services"
        )
    return tuple(warnings)


def procedures(letter: Letter) -> tuple[str, ...]:
    """CPT and HCPCS codes that the letter names as such."""
    flat = letter.page.flat
    found: dict[str, None] = {}
    for match in CODE.finditer(flat):
        before = flat[max(0, match.start() - 40) : match.start()]
        listed = found and re.search(r"\d{4}[a-z0-9]?(?:,| and|,? &)\s*$", before)
        if CODED.search(before) or listed:
            found.setdefault(match[0].upper())
    return tuple(found)


def _name(letter: Letter, case: Case) -> bool | None:
    """Whether a labelled name is the patient's, letters misread allowed; none: none is there."""
    wanted = [case.patient.name.given.lower(), case.patient.name.family.lower()]
    names = [m["name"] for m in NAME.finditer(letter.page.flat) if not NOT_NAMES.search(m["name"])]
    if not names:
        return None
    return any(all(_among(part, name) for part in wanted) for name in names)


def _among(part: str, name: str) -> bool:
    words = re.findall(r"[a-z'\-]+", name)
    joined = [*words, *(" ".join(pair) for pair in itertools.pairwise(words))]
    return any(
        SequenceMatcher(None, part, word).ratio() >= ALIKE
        or (len(word.strip(".")) == 1 and word[0] == part[0])
        for word in joined
    )


def _born(letter: Letter, case: Case) -> bool | None:
    flat = letter.page.flat
    found = [
        one.day
        for label in BORN.finditer(flat)
        for one in dates(flat[label.end() : label.end() + 24])
        if one.start < 4
    ]
    return case.patient.birth_date in found if found else None


def _member(letter: Letter, case: Case) -> bool | None:
    found = [_bare(match["id"]) for match in MEMBER.finditer(letter.page.flat)]
    wanted = _bare(case.coverage.member_id)
    return any(wanted.startswith(one) or one.startswith(wanted) for one in found) if found else None


def _bare(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", number.lower())
