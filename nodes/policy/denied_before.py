"""Words ahead of a phrase that deny it, and what ends their reach.

"No fever, chills or sweats" denies three, "no fever, but chills" one, "not only pain" none. After
NegEx (Chapman 2001); the patterns are our own.
"""

import re
from typing import Literal

from nodes.policy.cue import Cue, Heard
from nodes.policy.denied_after import PAYER, STUDY
from nodes.policy.list_ended import ended

_FIND = r"(?:reveal|show|demonstrate|identify|find|disclose|detect|confirm|appreciate|suggest)"
_NEGATION = Cue(
    r"\b(?:no(?!t only| longer| doubt|\.|t? sure)\b|not(?! only\b)\b|n't\b|denie[sd]\b"
    r"|deny(?:ing)?\b|without\b|w/(?:o|out)\b|never\b"
    r"|negative for\b|neg for\b|(?<!triple.)neg(?:ative)?s?\s*:|neg\s+(?=$)|absence of\b|free of\b"
    r"|lack(?:s|ing)? (?:of )?|ruled out\b|rules out\b|nor\b|neither\b|no longer\b|none\b"
    r"|can(?:no|['\u2019])t recall\b|nil\b|zero\b|absent\s*:|(?:has|have|had) yet to\b"
    r"|nothing (?:[\w-]+ ){0,4}?(?:to (?:suggest|indicate|support)|suggest\w*|concerning for)\b"
    r"|neg(?:ative)? (?:family )?(?:hx|history)(?: (?:of|for))?\b"
    r"|(?:argu\w+|evidence|reassuring|speaks?) against\b|inconsistent with\b"
    rf"|unremarkable for\b|fail(?:s|ed)? to {_FIND}\b|rather than\b|instead of\b"
    r"|unable to (?:identify|find|elicit|palpate|reproduce|detect|appreciate)\b"
    r"|(?:could|can) ?not (?:be )?(?:identif\w+|f(?:ind|ound)|elicit\w*|palpate\w*|detect\w*)\b"
    r"|absent\s+(?:(?!and\b|or\b)[\w-]+\s+){0,2}(?=$)|non-(?=$))|(?<!\w)-ve (?:for\b)?"
    r"|^\W*negative\s+(?=(?:[\w-]+ ){1,3}(?:or|nor) $)"
    r"|(?:^|[,;:(]|\b(?:an?|with|and|has|had|have|is|was|were|are|shows?|showed|revealed|exam))"
    r"\s*negative\s+(?=$)"
    r"|[\u00d8\u2205]\s*(?=$|\w)|(?<=,)\s*[-\u2013\u2212](?=$)",
    "no",
    "n't",
    *("n\u2019t", "snt", "idnt", "dont", "arent", "erent", "avent", "adnt", "wont", "ldnt"),
    "den",
    "without",
    "w/o",
    "w/out",
    "never",
    "neg",
    "absen",
    "free of",
    "lack",
    "rule",
    "nei",
    "nil",
    "zero",
    " yet to",
    "recall",
    " against",
    "inconsistent",
    "unremarkable",
    "fail",
    "rather",
    "instead",
    "unable",
    "-",
    "\u00d8",
    "\u00f8",
    "\u2205",
    "\u2013",
    "\u2212",
)
_CONTRACTED = Cue(
    r"(?:does|did|has|have|is|was|do|had|are|were|wo|would|could|should)(?:n't|n\u2019t|nt)\b",
    "n't",
    "n\u2019t",
    "nt",
)
_SAME = (
    r"(?:change|increase|decrease|worsening|progression|improvement|difference|relief|reduction"
    r"|regression)s?"
)
_PSEUDO = Cue(
    r"\b(?:(?:can(?:not| not)|not)(?: be| been)? (?:exclude|ruled? out|excluded)\w*"
    rf"|(?:no|without) (?:(?:significant|interval|appreciable|further|definite|substantial) )*"
    rf"{_SAME}\b(?! in (?:vision|hearing|weight|appetite|bowel|bladder|voice|taste|smell|sleep))"
    r"|(?:does|did|do)(?: not|n['\u2019]t) deny|not denying|cannot deny|(?:not|never) without"
    r"|(?:do|does|did)(?: not|n['\u2019]t) know\b|not (?:clear|certain|known) (?:if|whether|what)"
    r"|not sure\b|not (?:compliant|adherent) (?:with|to)\b"
    r"|(?:not|n['\u2019]t) (?:remember|recall) (?:the|her|his|when|how|what)\b"
    r"|(?:unable to|cannot|can ?not|can['\u2019]t|could(?: not|n['\u2019]t)|never|not)"
    r" (?:[\w-]+ ){1,5}?without\b"
    r"|not (?:un(?:common|usual|reasonable|expected|likely)|necessarily|just|merely|simply"
    r"|solely)\b"
    r"|no (?:\w+ )?(?:cause|explanation|reason|etiology|source|diagnosis) (?:for|of)\b"
    r"|(?:with (?:and|or) )?(?:without|w/o|w/out) (?:(?:iv|oral|intravenous|i\.v\.) )?"
    r"(?:contrast|gadolinium|weight[- ]bearing)\b|with and (?:without|w/o|w/out)\b"
    r"|not only|without (?:difficulty|change|complications?|(?:a )?(?:question|doubt))|no doubt"
    r"|no question"
    r"|without (?:\w+ )?(?:treatment|therapy|intervention)(?=,)"
    r"|gram[ -]negative|her-?2[ -]negative|rh[ -]negative|with or without|whether or not"
    r"|no (?:need|reason) to doubt|no matter|if not\b|not to mention|no sooner)",
    "no",
    "without",
    "w/o",
    "w/out",
    "deny",
    "member",
    "recall",
    "neg",
    "whether",
)
_BREAK = re.compile(
    r"(?:,|\band\b)\s*(?:(?:she|he|they|pt|patient|the patient|also|now|instead|currently|still"
    r"|does|did)\s+)*"
    r"(?:reports?|reported|endorses?|has|have|had|complains?|c/o|notes?|presents?|positive"
    r"|admits?|stated?s?|presence of|describes?|developed|found|takes?|taking|uses?|using|started"
    r"|switched"
    r"|(?:there|it) (?:is|are|was|were)|with|shows?|showed|demonstrates?|reveals?|underwent"
    r"|requires?|remains?|rates?|rated|drinks|smokes|lives|works|continues?|improved by|treated)\b"
    r"|(?<!not )(?<!n't )\b(?:because of|due to|secondary to|resulting in)\b"
    r"|\band (?:was|were|will)\b|,\s*(?:currently )?on\b|\bdespite\b|\bsince (?:\w+ing|her|his)\b"
    r"|\bgiven (?!(?:by|to|in|for|at|on|as|with|and|or|iv|im|po|during|today|when|if)\b)"
    r"|(?:,|\band\b)\s*(?:she|he|it|they|pt|the patient) (?:is|was|are|were)\b"
    r"|\b(?:other than|aside from|apart from|save for"
    r"|besides|with the exception of|except(?:ing)? (?:for )?|to (?:evaluat\w+|assess)"
    r"|(?:who|which|that) (?:now )?(?:presents?|presented|has|had|complains?|was|is|came|comes"
    r"|reports?|developed))\b"
    r"|\bpresent(?:s|ed|ing)? (?:with|for|to)\b|\badmitted (?:with|for|to)\b"
    r"|\bdistress\b(?!\s*(?:,\s*)?(?:or|nor)\b)|\b(?:complaining|complains) of\b"
    r"|(?-i:\b[A-Z][A-Za-z]*(?:[ /&][A-Z][A-Za-z]*){0,4}(?:\([A-Z]{1,3}\))?:)",
    re.IGNORECASE,
)
_TURN = re.compile(
    r",\s*(?:[\w-]+\s+){0,2}(?:resolved|improved|sleeping|feels?|feeling)\b"
    r"|[:,]\s*(?:[\w-]+\s+){0,2}(?:negative|neg)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:normal|good|clear|intact|soft(?! tissue)|supple|stable|regular|alert|oriented|awake|equal"
    r"|symmetric\w*|full|strong|moist|warm|well|trace|positive|\+|afebrile|non-?[td]\w+)\b"
    r"|[\w ]{1,60}? (?:(?:is|are|was|were) (?!not\b)"
    r"|(?:clear|normal|intact|soft|supple|stable|regular|unremarkable|patent|equal)\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(r",\s*$|,\s*and\s*$", re.IGNORECASE)
_PART = re.compile(r",(?!.*\b(?:or|nor|and)\b)[^,]{0,40}$", re.IGNORECASE)
_STANDS = re.compile(
    r"^\s+(?:(?:is|are|was|were) (?:now |still |also |again )?(?:present|positive|elevated"
    r"|increased|noted|seen|unchanged|stable|normal|intact|clear|mild|moderate|severe|worse)\b"
    r"|(?:remains?|persists?|continues?|worsened)\b)",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:from (?:(?:her|his|their|the|taking|using)\s+)?(?:\w+\s+)?"
    r"|(?:missed|missing|skipped|skips|misses)\s+(?:\w+\s+){0,2}(?:of\s+)?(?:\w+\s+)?)$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|us(?:e|es|ing)|on|compliant|adherent|follow(?:ed|ing)?[- ]?up"
    r"|treatment|medications?|meds?|therapy|coverage)\b[^,;]{0,40}?\bfor\s+"
    r"(?:(?:her|his|their|the|this)\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d|(?:one|two|three|four|five|six|eight|ten|twelve|several|an?)\b", re.I)
_BY = re.compile(r"\b(?:on|by|per|via)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_PREFERRED = re.compile(r"rather|instead", re.IGNORECASE)
_WANTS = re.compile(
    r"\b(?:request|prefer|want|would|like|ask|cho[os]|opt|elect|order|hop)", re.IGNORECASE
)
_WORDS = 25


def unmasked(heard: Heard, before: str) -> str:
    """Blank what looks like a denial and is none: "no change in", "gram negative", "not only"."""
    if not heard.may(_PSEUDO):
        return before
    return _PSEUDO.pattern.sub(lambda match: " " * len(match.group()), before)


def denied_before(
    heard: Heard, before: str, phrase: str, after: str
) -> Literal["affirmed", "negated", "uncertain"]:
    """What a word that denies makes of the phrase: of its complement it says nothing."""
    if not heard.may(_NEGATION):
        return "affirmed"
    text = before
    if heard.may(_CONTRACTED):
        text = _CONTRACTED.pattern.sub(lambda match: "not".ljust(len(match.group())), before)
    last = heard.last(_NEGATION, text)
    if not last or text.count(" ", last.end()) >= _WORDS:
        return "affirmed"
    if last.group().lower().startswith("den") and heard.search(PAYER, text):
        return "affirmed"
    reach = last.end()
    if _BREAK.search(text, reach) or _TURN.search(text + phrase, reach):
        return "affirmed"
    if _apart(text[reach:], phrase, after):
        return "affirmed"
    if ended(last.group(), text[: last.start()], text[reach:], phrase, after):
        return "affirmed"
    other = _OF_ANOTHER.search(text, reach) or (
        _PREFERRED.match(last.group()) and _WANTS.search(text, 0, reach)
    )
    return "uncertain" if other else "negated"


def _apart(between: str, phrase: str, after: str) -> bool:
    """Whether the denial is of something else than the phrase, in the same clause."""
    return (
        _stated(between, phrase, after)
        or _shown_by(between, phrase)
        or bool(" for " in between and _PURPOSE.search(between) and not _COUNTED.match(phrase))
    )


def _shown_by(between: str, phrase: str) -> bool:
    """Whether the phrase is the study that showed nothing: "no malignancy on biopsy"."""
    return bool(_BY.search(between) and STUDY.search(phrase))


def _stated(between: str, phrase: str, after: str) -> bool:
    """Whether the phrase begins a part of its own: "no rubs, lungs are clear"."""
    if _LISTED.search(between) and _OWN.match(phrase):
        return True
    return bool(_PART.search(between) and _STANDS.match(after))
