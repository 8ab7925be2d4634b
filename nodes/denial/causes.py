"""Why a letter denies: each category once, with the payer's own words and what they cite."""

import re
from typing import NamedTuple

from nodes.denial.reading import Letter, Sentence
from nodes.denial.signs import term
from nodes.denial.weighing import PLAIN, settled, weighed
from nodes.denial.words import cue, weak
from nodes.entity import Said
from nodes.notice import Category, Cause

CODED = re.compile(
    r"\b(?P<system>carc|rarc|hcr03|aaa03)[\s:#\-]{0,3}(?P<code>[a-z]{0,2}\d{1,3}|0[a-z])\b"
)
NAMED = re.compile(
    r"\b(?:ncd|lcd|lca|national coverage determination|local coverage (?:determination|article)"
    r"|article)"
    r"\b[\s:#(\-]{0,3}(?:(?:no\.?|number|ncd|lcd)[\s:#)]{0,3})?(?:[la]\d{4,5}"
    r"|\d{1,3}(?:\.\d{1,2}){0,2})\b"
    r"|\b[la]\d{5}\b"
    r"|\b(?:mcg|interqual|milliman|nccn|evicore|carelon|aim specialty|acr appropriateness|asam|"
    r"american [a-z]{3,14} of [a-z]{3,14})\b[^.;:\n]{0,60}"
    r"|\b(?:medical|clinical|coverage|drug|pharmacy|payment|reimbursement|medication|site of care"
    r"|corporate|"
    r"plan|prior authorization|utilization management|step therapy|radiology|imaging"
    r"|utilization review|"
    r"evidence[\s-]based)"
    r"[\s]{1,2}(?:(?:coverage|clinical|necessity|policy|review|management|medical|imaging"
    r"|benefit)[\s]{1,2}){0,2}"
    r"(?:polic(?:y|ies)|guidelines?|bulletins?|criteria|protocol|manual)\b"
    r"(?:[\s:#(\-]{1,3}(?:no\.?|number|for|on|#)?[\s:#]{0,2}[a-z0-9](?:[^.;,:\n)]"
    r"|\.(?=\d)){0,60})?"
    r"|\bpolicy[\s:#]{1,3}(?:(?:no\.?|number"
    r"|id)[\s:#]{0,3})?(?=[a-z0-9.\-]{0,12}\d)[a-z0-9][a-z0-9.\-]{2,19}\b"
    r"|\b(?:evidence of coverage|certificate of coverage|summary plan description|benefit booklet"
    r"|member handbook"
    r"|plan document)\b(?:[\s,(]{1,3}(?:chapter|section|page|article|part)\s[a-z0-9.]{1,8}){0,3}"
    r"|\b\d{2}\s(?:cfr|c\.f\.r\.)\s(?:part\s|§\s?)?\d{2,4}(?:\.\d{1,4})?"
    r"|\bmedicare benefit policy manual\b[^.;\n]{0,50}"
)  # fmt: skip
TAIL = re.compile(r"(?:[\s(]+[a-z][a-z'\-]*)+\s*$")
LONGEST_CLAUSE = 200
NEAR = 300
ELSEWHERE = 0.7
MOST = 10.0
SHARE = 0.3
CLINICAL = 2
LONGEST_REASON = 300
LEAST_WORDS = 5
ASIDE = re.compile(
    r"^\s*(?:dear|hello|re|date|member|patient|case|service|request|thank"
    r"|we (?:have )?(?:reviewed"
    r"|received"
    r"|completed)|your (?:doctor|provider) asked|questions|send|call|fax)\b|\d{3}-\d{4}"
)
SYSTEMS = {"carc": "CARC", "rarc": "RARC", "hcr03": "HCR03", "aaa03": "AAA03"}
OPENS = re.compile(
    r"\b(?:because|due to|reason(?:s|\(s\))?(?: for (?:the )?(?:denial|decision"
    r"|determination))?(?: is| was)?[: ]"
    r"|rationale|basis for)"
)


class Why(NamedTuple):
    """The reasons, and a warning where they are read from little."""

    causes: tuple[Cause, ...]
    warnings: tuple[str, ...] = ()


def causes(letter: Letter) -> Why:
    """List the reasons in the order of the letter; one of unknown category when none is known.

    What only hints at a reason is told with a warning. Where the sentences on this decision tell
    nothing, those that speak of rules or of an earlier decision are looked at.
    """
    said = [s for s in letter.sentences if (s.counts or _rules(s)) and not _offers(s)]
    aside = [s for s in letter.sentences if _beside(s)]
    criteria = _criteria(letter)
    for some, least in ((said, PLAIN * ELSEWHERE), (aside, 2 * PLAIN), (said, 1.0)):
        found = _told(letter, some, least, SHARE if least > 1.0 else 1.0)
        if found:
            every = tuple(_cause(letter, *one, _nearest(one[1], criteria)) for one in found)
            sure = least > 1.0
            return Why(every if sure else every[:1], () if sure else _weak(every[0].category))
    return _unnamed(letter, said, criteria)


RULES = re.compile(
    r"\b(?:plan|policy|benefit|rules?|medicare|medicaid|program|guidelines?|criteria|coverage"
    r"|contract"
    r"|epo|hmo|ppo|formulary|drug|medicine|medication)s?\b[^.]{0,40}\b(?:only|covers?|covered"
    r"|pays?|requires?|wants?|needs?"
    r"|allows?|asks?|calls? for|approved|allowed)\b"
)


def _rules(sentence: Sentence) -> bool:
    """Whether a sentence with an if or unless states the rule on which the decision rests."""
    spoken = sentence.zone in ("plain", "reason") and sentence.hypothetical
    apart = sentence.boilerplate or sentence.history or sentence.text.startswith("if ")
    return spoken and not apart and bool(RULES.search(sentence.text))


def _beside(sentence: Sentence) -> bool:
    """Whether a sentence tells of a rule or of an earlier decision, but of no mere case."""
    told = sentence.zone != "other" and not sentence.hypothetical
    return told and not (sentence.counts or _offers(sentence))


def _weak(category: Category) -> tuple[str, ...]:
    return (f"reason read from weak signs: {category}",)


OFFERS = re.compile(
    r"^\W*(?:\w+ )?(?:appeals?|grievances?|disputes?)\b[^.]{0,20}(?:deadline|window|period|by|:)|"
    r"\b(?:you|your|members?|appeals?|providers?|request|requests|reconsiderations?"
    r"|disputes?)\b[^.]{0,60}"
    r"\b(?:can|may|must|have|has|within|up to|should|need)\b[^.]{0,80}"
    r"\b(?:appeal|appeals|dispute|reconsider\w*|hearing|grievance|external|days|months|file"
    r"|no later than|deadline|noon|resubmit\w*)\b"
)
LIMIT = re.compile(
    r"\b(?:\d{1,3}|\w+ty|months?) (?:\w+ )?(?:days|months)\b[^.]*\bappeals?\b"
    r"|\bappeals?\b[^.]*\b\d{1,3} (?:\w+ )?(?:days|months)\b"
)
FACT = re.compile(
    r"\b(?:because|since|uph[eo]ld|came|arrived|late|untimely|denied|denying|deny"
    r"|reached us|not received"
    r"|(?:was|were) (?:received|filed|submitted|sent|not))\b(?! (?:the date|receiv|receipt|you)"
    r"(?!.{0,20}because))"
)


def _offers(sentence: Sentence) -> bool:
    """Whether a sentence only offers a way against the decision."""
    if sentence.text.lstrip().startswith(("reason", "rationale")):
        return False
    if sentence.zone == "rights":
        return True
    offers = sentence.rights or OFFERS.search(sentence.text) or LIMIT.search(sentence.text)
    return bool(offers) and not FACT.search(sentence.text)


def _gives(sentence: Sentence) -> bool:
    """Whether a sentence stands where reasons are given, or gives one by itself."""
    return sentence.zone == "reason" or bool(cue("causal").search(sentence.text))


def _told(
    letter: Letter, said: list[Sentence], least: float, share_kept: float
) -> list[tuple[Category, Said]]:
    """The categories that sentences tell of, in the letter's order; what tells little is left."""
    total: dict[Category, float] = {}
    words: dict[Category, tuple[float, Sentence]] = {}
    for sentence in said[:LONGEST_REASON]:
        share = 1.0 if _gives(sentence) else ELSEWHERE
        for category, weight in settled(weighed(sentence.text)).items():
            told = share * min(weight, MOST)
            total[category] = total.get(category, 0.0) + told
            if category not in words or told > 2 * words[category][0]:
                words[category] = (told, sentence)
    best = max(total.values(), default=0.0)
    kept = [c for c in total if total[c] >= max(least, best * share_kept)]
    kept.sort(key=lambda category: words[category][1].start)
    found = {c: letter.page.said(words[c][1].start, words[c][1].end) for c in kept}
    return list(_lead(found).items())


def _lead(found: dict[Category, Said]) -> dict[Category, Said]:
    """Without what only says again that the step was not taken or the thing is not needed."""
    for general in ("medical_necessity", "missing_information"):
        tried = TRIED.search(found[general].quote.lower()) if general in found else None
        if "step_therapy" in found and tried:
            found = {category: said for category, said in found.items() if category != general}
    return found


TRIED = re.compile(r"\b(?:tried|used|took|taken|failed|trials?)\b")


def categories_in(text: str) -> list[Category]:
    """The categories a sentence plainly speaks of."""
    return [category for category, told in settled(weighed(text)).items() if told >= PLAIN]


def _criteria(letter: Letter) -> list[Said]:
    found = []
    for sentence in letter.sentences:
        if sentence.zone == "other" or sentence.hypothetical:
            continue
        for match in NAMED.finditer(sentence.text):
            start = sentence.start + match.start()
            end = start + min(len(match[0]), LONGEST_CLAUSE)
            whole = letter.page.cased[start:end]
            named = TAIL.sub("", whole) or whole
            found.append(letter.page.said(start, start + len(named)))
    return found


def _nearest(words: Said, criteria: list[Said]) -> Said | None:
    """The clause within the reason's words, else the one that stands nearest."""
    numbered = [one for one in criteria if any(c.isdigit() for c in one.quote)] or criteria
    return min(numbered, key=lambda one: abs(one.span.start - words.span.start), default=None)


def _cause(letter: Letter, category: Category, words: Said, criterion: Said | None) -> Cause:
    """A cause, with the code that stands near its words."""
    cause = Cause(category=category, words=words, criterion=criterion)
    for match in CODED.finditer(letter.page.flat):
        if abs(letter.page.at[match.start()] - words.span.start) < NEAR:
            system = SYSTEMS[match["system"]]
            return cause.model_copy(update={"code": match["code"].upper(), "code_system": system})
    return cause


def _unnamed(letter: Letter, said: list[Sentence], criteria: list[Said]) -> Why:
    """The words that most likely give the reason, where no phrase for it is known."""
    told = [s for s in said if len(s.text.split()) >= LEAST_WORDS and not ASIDE.search(s.text)]
    opened = [s for s in told if s.zone == "reason" or OPENS.search(s.text)]
    for sentence in opened:
        hinted = next((name for name, hints in weak() if hints.search(sentence.text)), None)
        words = letter.page.said(sentence.start, sentence.end)
        cause = Cause(category=hinted or "other", words=words, criterion=_nearest(words, criteria))
        return Why((cause,), _weak(cause.category))
    clinical = max(told, key=_clinical, default=None)
    if clinical and _clinical(clinical) >= CLINICAL:
        words = letter.page.said(clinical.start, clinical.end)
        category: Category = "medical_necessity"
        cause = Cause(category=category, words=words, criterion=_nearest(words, criteria))
        return Why((cause,), _weak(category))
    return Why((Cause(category="unknown"),))


def _clinical(sentence: Sentence) -> int:
    """How many words of a sentence are those of clinical findings."""
    figures = bool(re.search(r"(?<![\d/\-])\d{1,3}(?![\d/\-])", sentence.text))
    return len(term("dull").findall(sentence.text)) + figures
