"""Words that call on literature, guidelines or authorities: only those given may be called on."""

import re
from collections.abc import Callable

_BODIES = (
    "NASS ACR NICE AAOS ACP AHA ACC ADA GOLD NCCN USPSTF CMS FDA AMA ASIPP AAN APTA WHO CDC NIH MCG"
    " ACOG AAD AAP AASM ACS ASCO ESC ESMO EULAR IDSA AAFP ACOEM ODG HEDIS NEJM JAMA BMJ NHS AHRQ"
    " GINA ASPMN ISASS CNS AANS RCT"
)
CAPITALS = re.compile(r"[A-Z]{3}")
BODIES = re.compile(rf"(?<![\w-])(?:{'|'.join(_BODIES.split())})(?![\w-])")
CALLS = re.compile(
    r"\bet al\b|\bpmid\b|\bpmc ?\d+|\bdoi\b|\b10\.\d{4,}/\S+|https?:|\bwww\."
    r"|\.(?:com|org|gov|net|edu)\b|@|\bguidelines?\b|\bguidance\b|\bconsensus\b|\bmeta-?analys[ei]s\b"
    r"|\bsystematic reviews?\b|\bcochrane\b|\brandomi[sz]ed\b|\bplacebo\b|\bliterature\b"
    r"|\bpeer-?reviewed\b|\bjournals?\b|\bpublished\b|\bpublications?\b|\bevidence-based\b"
    r"|\blevel (?:\w+ )?evidence\b|\b(?:studies|study|research|trials|data|evidence|science)"
    r" (?:have |has |had |clearly |consistently )?(?:show\w*|suggest\w*|demonstrat\w*|support\w*"
    r"|indicat\w*|prove\w*|confirm\w*|found)\b|\bclinical trials?\b|\bstandard of care\b"
    r"|\baccording to\b|\b(?:lcd|ncd) ?[a-z]?\d+|\b\d+ (?:cfr|u\.?s\.?c)\b|\bmedicare\b"
    r"|\bmedicaid\b"
    r"|\bmilliman\b|\binterqual\b|\bevicore\b|\bcarelon\b|\bup ?to ?date\.|\bsociety\b|\bacademy\b"
    r"|\bcollege of\b|\bassociation of\b|\binstitute\b|\bn engl j\b|\blancet\b|\bbest practices?\b"
    r"|\bexperts? (?:agree|opinion|recommend)\w*|\bpayers? (?:usually|always|routinely)\b"
)


_HINTS = (
    "et al|pmid|pmc|doi|10.|http|www|.com|.org|.gov|.net|.edu|@|guid|consensus|meta|systematic"
    "|cochrane|randomi|placebo|literature|review|journal|publi|evidence|stud|research|trials|data"
    "|science|clinical trial|standard of|according|lcd|ncd|cfr|u.s|usc|medic|milliman|interqual"
    "|evicore|carelon|date.|society|academy|college|association|institute|engl|lancet|practice"
    "|expert|payer"
)
HINTS = tuple(_HINTS.split("|"))


def called_on(text: str, folded: str, source: Callable[[], str]) -> list[str]:
    """List what a text calls on and the folded source does not say."""
    hinted = any(hint in folded for hint in HINTS)
    found = [match[0] for match in CALLS.finditer(folded)] if hinted else []
    if CAPITALS.search(text):
        found += [match[0] for match in BODIES.finditer(text)]
    return sorted({one for one in found if one.casefold() not in source()})
