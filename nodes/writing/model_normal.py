"""One spelling for what may be said in several ways: days, amounts, short forms, outcomes.

So that a model may write discontinued for stopped and 8 weeks for an 8-week course, and a word it
uses means what the same word means in the record.
"""

import re
from functools import lru_cache

from nodes.writing.abbreviations import GROUPS
from nodes.writing.claims import claims
from nodes.writing.either import either
from nodes.writing.figures import figured
from nodes.writing.text import fold
from nodes.writing.units import UNIT, canonical_unit

DAYS = re.compile(
    r"\b\d{4}-\d\d(?:-\d\d)?\b|\b\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}\b|\bicd-10(?:-cm)?\b"
)
_MONTHS = "january february march april may june july august september october november december"
_MONTH = f"(?:{'|'.join(_MONTHS.split())})"
_WAYS = """
zneg|no evidence of|negative for|absence of|lack of|free of|unable to|inability to|cannot|can't|not
znegs|denies|denied|deny|denying|without|nor|neither
zneg|no|never|none|lacks|lacking|absent|didn't|doesn't|wasn't|isn't|hasn't|couldn't|failed to
zneg help|ineffective|unhelpful|failed|failure|unsuccessful|fails|refractory
zneg tolerate|intolerant|intolerance|untolerated
help|helps|helped|helpful|relief|relieve|relieved|benefit|benefits|benefited|improvement|improve
help|improved|beneficial|effective|response|responded|responds|helping
tolerate|tolerates|tolerated|tolerating|well tolerated|tolerated well
because|because of|due to|owing to|secondary to|on account of|caused by|as a result of
stop|stopped|discontinued|ceased|withdrawn|discontinuation|stops|d/c'd|dc'd
begin|started|began|initiated|begun|start|onset|commenced|begins|starts
continue|continued|continues|continuing|remains on|continuation
complete|completed|completes|completion|completing
fell|reduced|reduces|reducing|reduction|decreased|decreases|lowered|declined|dropped
fell|went down|down|decrease|falling|diminished from
rose|increased|climbed|went up|up|increase|rising
after|following|subsequent to
zinto|switched to|changed to|converted to|replaced by|replaced with
before|prior to|preceding
now|currently|at present|presently|today|at this time
previously|formerly|in the past
bedtime|at bedtime|nightly|at night|every night|each night|qhs|before bed
unsure|possible|possibly|probable|probably|suspected|suspect|suspects|suspicion|suspicious
unsure|rule out|r/o|concern for|concerning for|likely|presumed|presumptive|questionable|suggestive
zplan|plan|planned|plans|will|would|scheduled|pending|awaiting|upcoming|future|order|to be
zconsider|consider|considered|considering|might|could|discuss|discussed|offered|candidate
zif|if|in case
zrefer|refer|referred|referral
zrecommend|recommend|recommended|recommends|should|advised|advises|advise|recommendation
allergy|allergic|allergies
partial|partially|partly|incomplete|incompletely|only partially
brief|briefly|short-lived|short lived
temporary|temporarily|transient|transiently
tried|trial of|trialed|tries|try
mild|mildly|slight|slightly|minor
moderate|moderately
severe|severely|marked|markedly
full|complete range|fully
over|more than|greater than|above|exceeding|>
under|less than|below|fewer than|<
least|at least|minimum of
about|approximately|roughly|approx
most|up to|at most|maximum of
left|lt|left-sided|left sided
right|rt|right-sided|right sided
bilateral|both sides|bilaterally|on both sides
weight|weighs|weighed|weighing
walk|walks|walked|walking|ambulates|ambulated
rf|rheumatoid factor
ef|ejection fraction|lvef
df|dorsiflexion
tender|tenderness
effusion|effusions
recur|recurrent|recurrence|recurred|recurs
persist|persists|persistent|persisted|persisting
worsen|worse|worsened|worsening|worsens
infection|infections|infected
fever|fevers|febrile
cancer|cancers
fall|falls
allergic rhinitis|hay fever
""".strip()
_LEFT_OUT = ("relief", "numbness", "weakness", "reduced", "bilateral", "ed", "mi", "heart")


def _phrases() -> dict[str, str]:
    said: dict[str, str] = {}
    for group in GROUPS:
        if group[0] not in _LEFT_OUT:
            said |= {member: group[0] for member in group}
    for line in _WAYS.splitlines():
        to, *ways = line.split("|")
        said |= dict.fromkeys((to, *ways) if " " not in to else ways, to)
    return said


PHRASES = _phrases()
_PHRASE = re.compile(rf"(?<![a-z0-9-])(?=[a-z<>])({either(PHRASES)})(?![a-z0-9])")
_YEARLESS = re.compile(
    rf"\b({_MONTH} \d{{1,2}}) (to|through|until|and|-) ({_MONTH} \d{{1,2}}),? (\d{{4}})\b"
)
_ISO = r"\d{4}-\d\d(?:-\d\d)?"
_BETWEEN = re.compile(rf"\bbetween ({_ISO}) and ({_ISO})")
_SLASHED = re.compile(r"(\d{1,2}/\d{1,2}/\d{2,4}) ?- ?(?=\d{1,2}/)")
_AMOUNT = re.compile(
    rf"(?<![\w./-])(\d[\d,]*(?:\.\d+)?)(?: ?- ?| )?({UNIT}|[a-z]{{1,5}}/[a-z]+)(?![a-z0-9/])"
)
_NO_UNIT = frozenset({"in", "s", "a", "time", "times"})
_LEVELS = re.compile(r"\b([ctl])(\d{1,2}) ?(?:-|/) ?([ctls]?)(\d{1,2})\b")
_DOWN = re.compile(r"(?:now )?(\S*\d\S*?),? (down|up) from (\S*\d[^\s.,;]*)")
_FOR = re.compile(r"\bstop(?P<on>(?: (?:on|after|in))?(?: \S*\d\S*)? {1,2})for\b(?! \d)")
_REPORTER = re.compile(
    r"\b(husband|wife|mother|father|daughter|son|sister|brother|spouse|partner|parents)"
    r" (?:says|said|states|stated|reports|reported|notes|noted)\b"
)
_SAYS = re.compile(
    r", (?:her|his|the) (husband|wife|mother|father|daughter|son|spouse) (?:says|said)\b"
)
HELP_TO = re.compile(r"\bhelp to\b")
_DOCTOR = re.compile(r"\bdr\.? ([a-z]+)")


@lru_cache(maxsize=2048)
def normal(text: str) -> str:
    """Fold a text and write what means the same in the same way."""
    text = _SLASHED.sub(r"\1 to ", fold(text.replace("\u00b0", " degrees ")))
    text = re.sub(r"\b(?:in|since|until|by) may\b(?! \d)", " in mayo", text)
    text = _YEARLESS.sub(r"\1, \4 \2 \3, \4", text)
    text = DAYS.sub(_iso, figured(text))
    text = _BETWEEN.sub(r"from \1 to \2", text)
    text = _spans(text)
    text = re.sub(r" ?(?:percent|per cent)\b", "%", text)
    text = _AMOUNT.sub(_amount, text)
    text = _LEVELS.sub(lambda m: f"{m[1]}{m[2]}-{m[3] or m[1]}{m[4]}", text)
    text = _DOWN.sub(
        lambda m: f"{'fell' if m[2] == 'down' else 'rose'} from {m[3]} to {m[1]}", text
    )
    text = _DOCTOR.sub(r"dr_\1", _SAYS.sub(r" reporter_\1", _REPORTER.sub(r"reporter_\1", text)))
    text = re.sub(r"\b([a-z]{2,})-(?=\d)", r"\1", text)
    text = _PHRASE.sub(lambda m: PHRASES[m[1]], text)
    return HELP_TO.sub("help of", _FOR.sub(r"stop\g<on>because", text))


def _spans(text: str) -> str:
    return re.sub(
        rf"(?:\bfrom )?({_ISO})(?: ?- | to | through | until )({_ISO})", r"from \1 to \2", text
    )


def _iso(match: re.Match[str]) -> str:
    days = [claim.value for claim in claims(match[0]) if claim.kind == "date"]
    return days[0] if len(days) == 1 else match[0]


def _amount(match: re.Match[str]) -> str:
    unit = canonical_unit(match[2]) or ""
    figure = match[1].replace(",", "")
    if match[2] in _NO_UNIT:
        return match[0]
    if unit == "g" and "." not in figure:
        return f"{figure}000mg"
    return f"{figure}{unit} "
