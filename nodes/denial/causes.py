"""Why a letter denies: each category once, with the payer's own words and what they cite."""

import re

from nodes.denial.reading import Letter, Sentence
from nodes.denial.words import cue, reasons, weak
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
    r"(?:[\s:#(\-]{1,3}(?:no\.?|number|for|on|#)?[\s:#]{0,2}[a-z0-9](?:[^.;,:\n)]|\.(?=\d)){0,60})?"
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
LEAST_WORDS = 5
ASIDE = re.compile(
    r"^\s*(?:dear|hello|re|date|member|patient|case|service|request|thank|we (?:have )?(?:reviewed"
    r"|received"
    r"|completed)|your (?:doctor|provider) asked|questions|send|call|fax)\b|\d{3}-\d{4}"
)
SYSTEMS = {"carc": "CARC", "rarc": "RARC", "hcr03": "HCR03", "aaa03": "AAA03"}
OPENS = re.compile(
    r"\b(?:because|due to|reason(?:s|\(s\))?(?: for (?:the )?(?:denial|decision"
    r"|determination))?(?: is| was)?[: ]"
    r"|rationale|basis for)"
)


def causes(letter: Letter) -> tuple[Cause, ...]:
    """List the reasons in the order of the letter; one of unknown category when none is known."""
    said = [s for s in letter.sentences if s.counts and not _offers(s)]
    found = _categories(letter, [s for s in said if _gives(s)])
    found = found or _categories(letter, said)
    criteria = _criteria(letter)
    if not found:
        return _unnamed(letter, said, criteria)
    return tuple(
        _cause(letter, category, words, _nearest(words, criteria)) for category, words in found
    )


def _offers(sentence: Sentence) -> bool:
    return sentence.zone == "rights" and not sentence.text.startswith(("reason", "rationale"))


def _gives(sentence: Sentence) -> bool:
    """Whether a sentence stands where reasons are given, or gives one by itself."""
    return sentence.zone == "reason" or bool(cue("causal").search(sentence.text))


def _categories(letter: Letter, said: list[Sentence]) -> list[tuple[Category, Said]]:
    found: dict[Category, Said] = {}
    for sentence in said:
        for category in categories_in(sentence.text):
            found.setdefault(category, letter.page.said(sentence.start, sentence.end))
    if "step_therapy" in found and TRIED.search(
        getattr(found.get("medical_necessity"), "quote", "")
    ):
        del found["medical_necessity"]
    return list(found.items())


TRIED = re.compile(r"\b(?:tried|used|took|taken|failed|trial)\b")


def categories_in(text: str) -> list[Category]:
    """The categories a sentence speaks of; of overlapping phrases the longest counts."""
    spans = [
        (match.end() - match.start(), -match.start(), category)
        for category, phrases in reasons()
        for match in phrases.finditer(text.lower())
    ]
    kept: list[tuple[int, int, Category]] = []
    for length, minus, category in sorted(spans, reverse=True):
        start = -minus
        if all(start + length <= s or s + n <= start for n, s, _ in kept):
            kept.append((length, start, category))
    every = [category for _, _, category in sorted(kept, key=lambda one: one[1])]
    return _settled(list(dict.fromkeys(every)))


def _settled(found: list[Category]) -> list[Category]:
    """Within one sentence the particular reason stands for the general one."""
    particular: tuple[Category, ...] = (
        "step_therapy", "experimental", "site_of_service", "level_of_care", "missing_information",
        "benefit_limit", "not_covered", "out_of_network", "duplicate", "provider",
    )  # fmt: skip
    if "medical_necessity" in found and any(category in found for category in particular):
        return [category for category in found if category != "medical_necessity"]
    return found


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


def _unnamed(letter: Letter, said: list[Sentence], criteria: list[Said]) -> tuple[Cause, ...]:
    """The words that most likely give the reason, where no phrase for it is known."""
    told = [s for s in said if len(s.text.split()) >= LEAST_WORDS and not ASIDE.search(s.text)]
    opened = [s for s in told if s.zone == "reason" or OPENS.search(s.text)]
    for sentence in opened or told:
        hinted = next((name for name, hints in weak() if hints.search(sentence.text)), None)
        if hinted or opened:
            words = letter.page.said(sentence.start, sentence.end)
            nearest = _nearest(words, criteria)
            return (Cause(category=hinted or "other", words=words, criterion=nearest),)
    return (Cause(category="unknown"),)
