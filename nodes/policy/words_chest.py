"""How notes word what policies for CT of the chest and screening for lung cancer ask about."""

from nodes.policy.wording import Words, worded

_NUMBER = r"(\d{1,3}(?:\.\d)?)"
_MM = r"(\d{1,2}(?:\.\d)?)\s*(?:x\s*\d{1,2}(?:\.\d)?\s*)?mm"
_CM = r"(\d(?:\.\d{1,2})?)\s*(?:x\s*\d(?:\.\d{1,2})?\s*)?cm"
_NODULE = r"(?:\w+[ -]){0,5}?nodules?"

CHEST: dict[str, Words] = {
    "pack_years": worded(
        "pack-years smoked",
        r"(?:\b(?:smoking |tobacco )?history of )?(?:about |approximately |roughly |at least |~"
        rf"\s?)?(?<![\d./-]){_NUMBER}\+?[ -]{{0,3}}pack[ -/]{{0,2}}(?:years?|yrs?)\b"
        rf"|\bpack[ -]?(?:years?|yrs?)(?: smoked| total| history)?[ :=]{{1,3}}(?:of |is |about |~)?"
        rf"{_NUMBER}(?![\d/])",
        lasting=True,
    ),
    "years_since_quit": worded(
        "years since the last cigarette",
        r"\b(?:quit|stopped)(?: smoking| tobacco| cigarettes)?(?:,)?(?: about| around"
        r"| approximately| some| over| ~)? (\d{1,2})\+? (?:years?|yrs?) ago"
        r"|\b(?:smoke[- ]free|abstinent|abstained|tobacco[- ]free) (?:for |x )?(?:about |the past"
        r" )?(\d{1,2}) (?:years?|yrs?)|\byears? since (?:quitting|quit|cessation)[ :=]{1,3}"
        r"(\d{1,2})\b|\b(\d{1,2}) (?:years?|yrs?) since (?:quitting|cessation|he quit|she quit)",
        lasting=True,
    ),
    "current_smoker": worded(
        "smoking now",
        r"\b(?:current(?:ly)?|active(?:ly)?|daily|ongoing|everyday|every day) (?:\w+ ){0,2}?"
        r"(?:smok(?:er|es|ing)|tobacco (?:use|user|smoker))|\bcontinues to smoke|\bstill smok\w+"
        r"|\bsmokes (?:\w+ ){0,3}?(?:ppd|packs?|cigarettes)|\btobacco(?: use)?: (?:current|yes"
        r"|active)|\bsmoking status: (?:current|every\s?day|some\s?day)|\b(?:\d(?:\.\d)?|half"
        r"(?: a)?) (?:ppd|packs? (?:per|a) day) smoker",
        r"\b(?:former|ex|previous|past)[- ](?:cigarette |tobacco )?smoker|\bquit (?:smoking"
        r"|tobacco|cigarettes)|\bquit (?:in (?:19|20)\d\d|\w+ years? ago)|\bnever[- ]smok\w+"
        r"|\bnon-?smoker|\bstopped smoking|\bno longer smok\w+",
    ),
    "never_smoked": worded(
        "never having smoked",
        r"\bnever[- ]smok(?:er|ed)|\blife-?long non-?smoker|\bhas never (?:smoked|used tobacco)",
    ),
    "lung_symptom": worded(
        "symptoms of lung cancer",
        r"\bh(?:a)?emoptysis|\bcough(?:ing|s|ed)? (?:up )?(?:\w+ )?blood|\b(?:unexplained"
        r"|unintentional|unintended) weight loss|\b(?:new|persistent|worsening|changed) cough"
        r"|\bcough (?:\w+ ){0,3}?(?:for|x) (?:\w+ ){0,2}?(?:weeks?|months?)|\bnew hoarseness",
        composite=True,
    ),
    "no_lung_symptom": worded(
        "no symptoms of lung cancer",
        r"\b(?:no|without(?: any)?|denies(?: any)?) (?:current )?(?:signs?|symptoms?)(?: (?:and|or)"
        r" (?:signs?|symptoms?))? (?:\w+ ){0,3}?lung cancer"
        r"|\basymptomatic\b(?= (?:for|with regard|from|smoker|former|current|adult|patient|and"
        r" eligible|for lung)|[ ,;]*(?:\w+ ){0,6}?(?:lung|pulmonary|respiratory|screening))"
        r"|\b(?:is|remains|currently) asymptomatic\b|\basymptomatic from a (?:pulmonary"
        r"|respiratory)|\bno (?:pulmonary|respiratory) (?:symptoms|complaints)"
        r"|\b(?:denies|no|without|negative for) (?:[a-z]+,? (?:or |and )?){0,5}?(?:cough"
        r"|h(?:a)?emoptysis)",
    ),
    "shared_decision": worded(
        "a shared-decision visit about screening",
        r"\bshared[- ]decision(?:[- ]making)?|\b(?-i:SDM)\b",
    ),
    "nodule_mm": worded(
        "size of a lung nodule in mm",
        rf"(?<![\d.]){_MM}[ ,]+{_NODULE}"
        rf"|\bnodules?\b[^.;\d]{{0,60}}?(?<![\d.]){_MM}\b",
        lasting=True,
    ),
    "nodule_cm": worded(
        "size of a lung nodule in cm",
        rf"(?<![\d.]){_CM}[ ,]+{_NODULE}"
        rf"|\bnodules?\b[^.;\d]{{0,60}}?(?<![\d.]){_CM}\b",
        lasting=True,
    ),
}
