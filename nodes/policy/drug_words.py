"""How notes word a trial of a drug: not tolerated, contraindicated, never taken, planned, taken."""

import re

from nodes.policy.drug_names import INGREDIENT
from nodes.policy.outcomes import Outcome, outcomes

_I = re.IGNORECASE
_SYMPTOM = (
    r"(?:nausea|vomit\w*|emesis|gi (?:upset|distress|side|intol\w*|symptoms)|stomach (?:upset|pain)"
    r"|rash|hives|urticaria|itch\w*|prurit\w*|diarrh\w*|abdominal pain|cramp\w*|hepatotox\w*"
    r"|hepatitis|transaminitis|cytopeni\w*|leukopeni\w*|neutropeni\w*|thrombocytopeni\w*|anemia"
    r"|pancytopeni\w*|mucositis|mouth (?:sores|ulcers)|oral ulcers|stomatitis|alopecia|hair loss"
    r"|headaches?|dizz\w*|pneumonitis|anaphyla\w*|angioedema|palpitations|toxicit\w*"
    r"|photosensitiv\w*|retinopathy|suicid\w*|pancreatitis|sedation|drows\w*|hypotension"
    r"|bradycardia|gastritis|heartburn|dyspepsia|side[- ]effects?|adverse \w+|intoleran\w*"
    r"|injection[- ]site reactions?|allergic reactions?|hypersensitiv\w*|fatigue)"
)
_RAISED = (
    r"(?:elevat\w+|abnormal|rais\w+|increas\w+|ris(?:ing|e in)|high|deranged|worsening)"
    r" (?:\w+ )?(?:lfts?|liver|ast|alt|transaminases?|creatinine|enzymes)"
)
_ORGAN = (
    r"(?:gi\b|stomach|abdominal|hepat\w*|liver|lfts?\b|transamin\w*|ast\b|alt\b|cough|pneumon\w*"
    r"|lung|dyspn\w*|infections?|allerg\w*|swelling|edema|myalgias?|bleed\w*|renal|creatinine"
    r"|aki\b|kidney|reactions?|retin\w*|vision|visual|neuropath\w*|depressi\w*|mood|weight gain"
    r"|hypoglyc\w*|constipation|insomnia|ulcers?|an(?:a)?emia)"
)
ADVERSE = rf"(?:{_SYMPTOM}|{_RAISED}|{_ORGAN})"
ADVERSE_WORD = re.compile(rf"\b{ADVERSE}", _I)
_STOP = (
    r"(?:stopp\w*|discontinu\w*|d/c\w*|dc['\u2019]?d|held|quit|came off|taken off|withdrawn|ceased"
    r"|unable to (?:continue|take|complete)|could not (?:continue|take|complete)|halted)"
)
_FOR = (
    r"(?:because of|because|due to|secondary to|2/2|for|from|after|owing to|given|with|by|:|\(|-|,)"
)
INTOLERANT = re.compile(
    r"\b(?:cannot|can['\u2019]?t|can not|could not|couldn['\u2019]?t|unable to|did not"
    r"|didn['\u2019]?t|does not|doesn['\u2019]?t|fail\w* to|not able to) (?:\w+ )?tolerate\w*"
    r"|\bnot (?:well[- ])?tolerated|\bpoorly tolerated|\bpoor(?: gi)? (?:tolerance|tolerability)"
    rf"|-(?:induced|associated|related) (?:\w+ ){{0,2}}?{ADVERSE}"
    r"|\bintoleran(?:t|ce)\b|\ballerg(?:y|ic)\b|\bhypersensitivity\b|\banaphyla\w+"
    rf"|\b{_STOP}\b[^.;]{{0,50}}?{_FOR}\s*(?:\w+[ -]){{0,3}}?{ADVERSE}",
    _I,
)
UNPLEASANT = re.compile(
    rf"\b(?:{_SYMPTOM}|{_RAISED}) (?:on|with|from|to|while on|while taking|after starting"
    r"|caused by|due to|secondary to)\s*(?:\w+ ){0,2}\s{3,}"
    r"|\b(?:caused?|causing|led to|resulted in|gave (?:her|him|them)|complicated by|c/b|developed"
    rf"|experienced)\s*(?:\w+[ ,-]+){{0,4}}?(?:{_SYMPTOM}|{_RAISED})",
    _I,
)
"""An adverse effect without a word on whether the drug was given up for it."""
BORNE = re.compile(
    r"\b(?:continu\w+|resolved|mild|manag\w+|tolerable|tolerat\w+|transient|subsided|improved with"
    r"|remains on|dose (?:was )?(?:reduced|lowered)|self-limited|minor)\b",
    _I,
)
CONTRAINDICATED = re.compile(
    r"\bcontra-?indicat\w*|\bnot (?:an? )?(?:\w+ )?candidate for|\bnot a (?:good )?candidate"
    r"|\b(?:cannot|can['\u2019]?t|can not|must not|should not) (?:be )?(?:take|taken|use|used"
    r"|receive|have|given|on|start)\b"
    r"|\b(?:unsafe|inappropriate|precluded)\b|\b(?:should|to|must|was|is) (?:be )?avoided\b"
    r"|\bavoid(?:ed|ing)?\b[^.;]{0,40}\b(?:because|due to|given|secondary)\b",
    _I,
)
DENYING = re.compile(
    r"\b(?:no|not|without|w/o|denie[sd]|denying|never had|any|free of|absence of|nor|negative for"
    r"|rather than|concern\w*|fear\w*|worr\w*|risks?|monitor\w*|potential|watch\w*|prevent\w*"
    r"|counsel\w*|discuss\w*|warn\w*|review\w*|aware|avoid|normal|stable)\s+"
    r"(?:\w+[ ,]+(?:or |and )?){0,3}?$",
    _I,
)
NEVER = re.compile(
    r"\b(?:no|without(?: an?)?|denies(?: any)?) (?:\w+ ){0,2}?(?:prior |previous |past |documented"
    r" |adequate |known )*(?:trials?|use|history|exposure|attempts?|treatment)"
    r"(?: of| with| to| on| or use of)?\b(?! (?:\w+ )?(?:intoleran|allerg|adverse|reaction|toxic"
    r"|contraindicat|side|failure|problem))"
    r"|\bnever (?:been )?(?:\w+ )?(?:took|taken|tried|started|on|used|filled|received|prescribed"
    r"|given|picked|began|had|treated|trialed)"
    r"|\b(?:has|have|had|was|is|were)(?: not|n['\u2019]t) (?:yet )?(?:been )?(?:previously )?"
    r"(?:tried|taken|started|on|used|received|treated|trialed|begun|filled|prescribed|attempted|given)\b"
    r"|\b(?:did not|didn['\u2019]?t) (?:\w+ )?(?:take|start|fill|try|begin|use|pick|receive)\b"
    r"|\bnot (?:yet )?(?:been )?(?:tried|started|taken|filled|begun|attempted|used)\b|\bnot on\b"
    r"|\bnever filled|\bunfilled|\byet to (?:start|begin|take|try|fill)|\bnot (?:started|begun) yet"
    r"|[- ]na[i\u00ef]ve\b|\bfail\w* to (?:start|take|fill|pick|begin|try)\b"
    r"|\bno (?:\w+ )?$",
    _I,
)
DECLINED = re.compile(
    r"\b(?:(?:declin\w+|refus\w+)(?! (?:to continue|further|more|any more|re-?trial))"
    r"|(?:wish|prefer|want)\w* (?:not )?to avoid|not interested|does not (?:want|wish)|did not want"
    r"|prefers? not|unwilling|hesitant|reluctant|non-?adheren\w+|non-?complian\w+|could not afford"
    r"|(?:cannot|can['\u2019]t|unable to) afford)\b",
    _I,
)
SUPPOSED = re.compile(
    r"\b(?:if|unless|in case|should (?:she|he|the|symptoms)|would|may|might|could|until"
    r"|once (?:she|he|the|approved|authorized)|prior to starting|before starting|risks? (?:of|and)"
    r"|requires?|required|must|asked about|discuss\w*|counsel\w*|education|educated)\b[^;]{0,80}$",
    _I,
)
GENERAL = re.compile(
    r"\b(?:in|for) (?:some|many|most|certain|a few) (?:patients|people|individuals)"
    r"|\b(?:can|may|might|could|often|sometimes|commonly) cause\w*"
    r"|\bcontra-?indicat\w* (?:if|when|unless|below|above|for egfr|with egfr|in (?:patients|people"
    r"|those|anyone|severe)\b)|\b(?:common|known|possible|potential) (?:side|adverse) effects?",
    _I,
)
"""What is true of a drug in general, not told of the patient."""
PLANNED = re.compile(
    r"\b(?:will(?! continue)|plan(?:s|ned|ning)?|order(?:ed|s|ing)?|recommend\w*|consider\w*|start"
    r"|begin|initiate|add|offer\w*|prescribe[ds]?|rx|sent|e-?prescribed|request\w*|pending|await\w*"
    r"|candidate for|switch to|transition to|trial of|escalate to|proceed with|resume|schedul\w+"
    r"|appeal|authoriz\w+|to be (?:started|initiated)|next step)\b",
    _I,
)
TAKEN = re.compile(
    r"\b(?:took|taken|taking|takes|tried|trial(?:ed|led)|failed|failure|failing|has been on"
    r"|had been on|was on|were on|is on|been on|remains on|stays on|maintained on|treated with"
    r"|received|receiving|used|using|completed|finished|underwent|started on|started"
    r"|began|initiated"
    r"|continues|continued|stopped|discontinued|previously|prior|past|history of|s/p|status post"
    r"|currently|despite|after|inadequate response|no response|unresponsive|refractory|relief"
    r"|benefit|on)\b",
    _I,
)
TOOK_IT = re.compile(
    r"\b(?:took|taken|tried|completed|used|stopped|discontinued|continued|finished) (?:it|this"
    r"|after|for|because|due)\b",
    _I,
)
ENDED = re.compile(
    r"\b(?:stopp\w*|discontinu\w*|d/c\w*|held|quit|came off|ended|off|only|completed|finished"
    r"|switched)\b",
    _I,
)
_NAMED = "|".join(
    re.escape(name) for name in sorted({*INGREDIENT, *INGREDIENT.values()}) if len(name) > 3
)
OTHER_DRUG = re.compile(
    rf"\b(?:{_NAMED})\b"
    r"|\b(?!(?:despite|because|outside|decide\w*|beside)\b)\w+(?:mab|cept|nib|profen|oxicam|coxib"
    r"|solone|sone|statin|pril|sartan|gliptin|glutide|gliflozin|azole|cillin|mycin|azine|quine"
    r"|prine|mide|trexate|platin|triptan|zepam|codone|madol|pentin|olol|dipine|xaban|glitazone"
    r"|xetine|zepine|formin|nomide|ximab)\b"
    r"|\b(?:insulin|folic acid|steroids?|nsaids?|physical therapy|cpap|injections?|surgery"
    r"|acetaminophen|tylenol|aspirin|opioids?|exercise)\b",
    _I,
)
_FAILED = re.compile(
    r"\binadequate(?:ly)? (?:\w+ )?(?:respon\w+|control\w*|efficacy|relief)|\bnon-?respon\w+"
    r"|\b(?:no|poor|insufficient|suboptimal|incomplete|lost|loss of|lack of|lacked|limited)"
    r" (?:\w+ )?(?:respon\w+|efficacy|effect\w*|benefit|improvement|control)"
    r"|\binefficac\w+|\bineffective\w*|\bnot (?:adequately |well )?controlled|\buncontrolled"
    r"|\b(?:ongoing|persistent|continued|still|remains) (?:\w+ )?(?:active|disease activity"
    r"|synovitis|symptoms|flares?)"
    r"|\bnever (?:\w+ )?(?:respon\w+|improv\w+|help\w*|achieved|worked)"
    r"|\b(?:secondary|primary) (?:non-?response|failure)|\bflar(?:e[ds]?|ing)\b"
    r"|\b(?:disease|synovitis|symptoms|arthritis) (?:\w+ )?(?:remain\w*|persist\w*|continu\w*)"
    r" ?(?:active)?",
    _I,
)
_PARTLY = re.compile(
    r"\b(?:partial|incomplete|some|mild|modest|moderate|limited) (?:\w+ )?(?:respon\w+|improvement"
    r"|benefit|relief|effect)|\bpartial(?:ly)? respon\w+|\bimproved (?:somewhat|partially)",
    _I,
)
_WELL = re.compile(
    r"\b(?:well[- ]controlled|in remission|remission on|stable on|doing well|good response"
    r"|excellent response|low disease activity|responding well|works well|working well|effective"
    r"|tolerat(?:ed|es|ing) (?:\w+ )?well|well[- ]tolerated)\b",
    _I,
)
WELL_TOLERATED = re.compile(r"\btolerat(?:ed|es|ing) (?:\w+ )?well|\bwell[- ]tolerated", _I)


def came_of_it(text: str) -> list[tuple[int, int, Outcome]]:
    """List what words say came of a drug: where, and failed, partial or helped."""
    marks: list[tuple[int, int, Outcome]] = []
    for pattern, outcome in ((_PARTLY, "partial"), (_FAILED, "failed"), (_WELL, "helped")):
        for match in pattern.finditer(text):
            if pattern is _WELL and (
                DENYING.search(text[: match.start()]) or WELL_TOLERATED.match(match.group())
            ):
                continue
            marks.append((match.start(), match.end(), outcome))  # type: ignore[arg-type]
    for one in outcomes(text):
        if all(one.end <= start or one.start >= end for start, end, _ in marks):
            marks.append((one.start, one.end, one.outcome))
    return sorted(marks)
