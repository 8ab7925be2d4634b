"""How notes word what policies for CT of the chest and screening for lung cancer ask about."""

from nodes.policy.wording import Words, worded

_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_SPAN = r"(?:years?|yrs?|months?|mos?)"
_DATE = (
    r"(?:(?:\d{1,2}/){0,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*\.?\s(?:\d{1,2},?\s)?)"
    r"(?:19|20)\d\d(?:-\d\d){0,2}"
)
_MM = r"(\d{1,2}(?:\.\d)?)\s*(?:x\s*\d{1,2}(?:\.\d)?\s*)?mm"
_CM = r"(\d(?:\.\d{1,2})?)\s*(?:x\s*\d(?:\.\d{1,2})?\s*)?cm"
_FILM = r"(?:chest (?:x-?rays?|radiographs?|films?)|cxr)"
_NOT_LUNG = r"(?:thyroid|adrenal|breast|hepatic|liver|renal|kidney|skin|subcutaneous|vocal)"
_NODULE = rf"(?:(?!{_NOT_LUNG})\w+[ -]){{0,5}}?nodules?"
_A_NODULE = (
    r"(?<!thyroid\s)(?<!adrenal\s)(?<!breast\s)(?<!hepatic\s)(?<!liver\s)(?<!renal\s)(?<!skin\s)"
    r"\bnodules?\b(?![^.;\d]{0,30}\b(?:thyroid|adrenal|breast|liver|kidney))"
)

_CIGARETTES = (
    r"(?! (?:cigars?|pipes?|marijuana|cannabis|weed|pot\b|thc|vap\w+|e-?cig|inside|indoors|around"
    r"|more"
    r"|while|during|at (?:home|work)|in (?:the|her|his|front)))(?!\s*(?:\[\s*\]|\u2610|\(\s?\)))"
)

CHEST: dict[str, Words] = {
    "pack_years": worded(
        "pack-years smoked",
        r"(?:\b(?:smoking |tobacco )?history of )?(?<!requires\s)(?<!requires\sa\s)(?<!require\s)"
        r"(?<!needs\s)(?<!<)(?<!<\s)(?:(?:about|approximately|roughly|~|>=?|≥|<=?|less than"
        r"|fewer than|under|below|over"
        rf"|more than|at least|greater than)\s?)?(?<![\d./-]){_NUMBER}(?:\s?(?:-|to)\s?{_NUMBER})?"
        r"\+?[ -]{0,3}pack[ -/]{0,2}(?:years?|yrs?)\b"
        r"|\bpack[ -]{0,2}(?:years?|yrs?)(?: smoked| total| history)?[ :=]{1,3}(?:of |is |about"
        rf" |~)?{_NUMBER}(?![\d/])"
        rf"|(?<![\d./-]){_NUMBER}\+?[ -]{{0,2}}(?:pk[ -]?-?y(?:ea)?rs?|p-?y)\b(?!\.\w)"
        rf"|(?<![\d./-])(?:1/2|{_NUMBER}|half|one|two|an?)(?: an?)?[ -]{{0,2}}(?:ppd|packs?(?:"
        rf" (?:per"
        r"|a) day|/day| daily)?)(?:,)? (?:x|for|over|times|during)\s?(?:about |the past |over |~)?"
        rf"{_NUMBER}\+?[ -]{{0,2}}(?:years?|yrs?|y)\b",
        lasting=True,
    ),
    "quit_smoking": worded(
        "when smoking was stopped",
        rf"\b(?:quit|stopped)(?: smoking| tobacco| cigarettes)?,?(?: about| around| approximately"
        rf"| some| over| ~)? \d{{1,2}}\+? {_SPAN} ago|\b(?:last cigarette|(?:has )?not smoked)"
        rf" (?:was |for |in )?(?:about |over )?\d{{1,2}} {_SPAN}(?: ago)?"
        rf"|\b(?:smoke[- ]free|abstinent|abstained|tobacco[- ]free) (?:for |x )?(?:about |the past"
        rf" )?\d{{1,2}} {_SPAN}|\b\d{{1,2}} {_SPAN} (?:since|after) (?:quitting|cessation"
        r"|(?:s?he )?quit)|\b(?:quit|quitting|stopped|last cigarette|cessation)(?: smoking| tobacco"
        rf"| cigarettes)?(?: date)?,?[ :(]{{1,2}}(?:was |in |on |since |about |around )*{_DATE}"
        rf"|\b(?:quit|stopped),? (?:on |in )?\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d|\b(?:smoke[- ]free"
        rf"|tobacco[- ]free|abstinent|not smoked|no cigarettes) since {_DATE}"
        rf"|\b(?:quit|stopped) smoking (?:completely |for good |cold turkey )?(?:in |on )?{_DATE}",
        lasting=True,
    ),
    "current_smoker": worded(
        "smoking now",
        r"(?:\b(?:has )?not (?:yet )?quit smoking|(?<!with\sa\s)(?<!with\s)\b(?:current(?:ly)?"
        r"|active(?:ly)?|ongoing)"
        r" (?:(?!non)\w+ ){0,2}?"
        r"(?:smok(?:er|es|ing)|tobacco (?:use|user|smoker))|\bcontinues to smoke|\bstill smok\w+"
        r"|\bsmokes (?:\w+ ){0,3}?(?:ppd|packs?|cigarettes)|\btobacco(?: use)?: (?:current|yes"
        r"|active)|\bsmoking status: (?:current|every\s?day|some\s?day)|\b(?:\d(?:\.\d)?|half"
        r"(?: a)?) (?:ppd|packs? (?:per|a) day) smoker"
        r"|(?<!former\s)(?<!ex-)(?<!ex\s)(?<!never\s)(?<!non-)(?<!non\s)(?<!past\s)(?<!previous\s)"
        r"(?<!prior\s)(?<!a\s)\bsmoker,? (?=(?:about |~|approx\w* )?\d))(?!\s*(?:\[\s*\]|\u2610"
        r"|\(\s?\)))",
        r"\b(?:former|ex|previous|past)[- ](?:cigarette |tobacco )?smoker|(?<!to\s)(?<!not\s)\bquit"
        r" (?:smoking|tobacco|cigarettes)\b(?! (?:counsel\w*|line|aids?|date|plan|program|attempt))"
        r"|\bnever[- ]smok\w+|\bnon-?smoker|(?<!not\s)\bstopped smoking|\bno longer smok\w+",
        lasting=True,
    ),
    "never_smoked": worded(
        "never having smoked",
        rf"(?:\bnever[- ]smok(?:er|ed)\b|\bhas never (?:smoked|used tobacco)\b){_CIGARETTES}"
        r"|\blife-?long non-?smoker\b|\b(?:smoking (?:status|history)|tobacco(?: use| history)?)"
        rf":? never\b{_CIGARETTES}",
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
        r"|(?<!hernia\s)\basymptomatic\b(?= (?:for|with regard|from|smoker|former|current|adult"
        r"|patient|and"
        r" eligible|for lung)|[ ,;]*(?:\w+ ){0,6}?(?:lung|pulmonary|respiratory|screening))"
        r"|\b(?:patient|pt|he|she|who|smoker)(?: is| remains)?(?: currently| completely)?"
        r" asymptomatic\b"
        r"|(?<![\w,;:)-]\s)(?<![\w,;:(-])asymptomatic(?=\s*(?:[.;]|$|\n))|\basymptomatic from a"
        r" (?:pulmonary"
        r"|respiratory)|\bno (?:pulmonary|respiratory) (?:symptoms|complaints)"
        r"|\b(?:denies|no|without|negative for) (?:(?!has\b|but\b|with\b|reports\b|new\b|chronic\b"
        r"|persist|endorses\b|except\b|positive\b)[a-z]+,? (?:or |and )?){0,5}?cough\b",
    ),
    "shared_decision": worded(
        "a shared-decision visit about screening",
        r"(?<!declined\s)(?<!declines\s)(?<!refused\s)(?<!no\s)(?<!needs\s)(?<!need\s)(?<!needs\sa\s)(?<!need\sa\s)(?<!schedule\s)(?<!schedule\sa\s)"
        r"\b(?:shared[- ]decision(?:[- ]making)?|(?-i:SDM))\b"
        r"(?!(?:[- ]making)? (?:discussion |visit |conversation )?(?:was |is |has been |has"
        r" )?(?:not"
        r"|scheduled|required|needed|pending|deferred|declined|planned|to be|due|refused"
        r"|recommended))"
        r"(?!(?:[- ]making)? (?:discussion |visit |conversation )?(?:was |done |had |held"
        r" )?(?:about|re"
        r"|regarding|for|on|concerning|around|of)[: ](?!(?:\S+ ){0,4}?(?:lung|ldct|low[- ]dose|ct"
        r"|chest)\b))"
        r"|\bdiscuss\w* (?:the )?(?:potential )?(?:risks?|benefits?|harms?)(?:,| and| &|/)"
        r" (?:\w+ ){0,3}?(?:of|for|with) (?:annual |yearly )?(?:lung (?:cancer )?screening|ldct"
        r"|low[- ]dose ct)",
    ),
    "abnormal_chest_film": worded(
        "an abnormal film of the chest",
        rf"\b{_FILM}\b(?:(?!\b(?:no|without|clear|negative|normal|free|evaluate|assess|ordered"
        rf"|rule|exclude|check)\b)[^.;]){{0,60}}?\b(?:opacit\w+"
        r"|mass(?:es)?|nodul\w+|infiltrat\w+|consolidat\w+|adenopathy|widen\w+|abnormal\w*|lesions?"
        rf"|densit(?:y|ies)|enlargement|fullness)|\babnormal {_FILM}\b|\b(?:widened mediastinum"
        r"|mediastinal widening|hilar (?:enlargement|adenopathy|fullness|mass))\b",
        rf"\b{_FILM}\b[ :,]*(?:is |was |were |of [\d/\-]+ )?(?:normal|clear|unremarkable|negative"
        rf"|no acute)|\b(?:normal|clear|unremarkable|negative) {_FILM}\b",
    ),
    "nodule_mm": worded(
        "size of a lung nodule in mm",
        rf"(?<![\d.]){_MM}[ ,]+{_NODULE}"
        rf"|{_A_NODULE}[^.;\d]{{0,60}}?(?<![\d.]){_MM}\b",
        lasting=True,
    ),
    "nodule_cm": worded(
        "size of a lung nodule in cm",
        rf"(?<![\d.]){_CM}[ ,]+{_NODULE}"
        rf"|{_A_NODULE}[^.;\d]{{0,60}}?(?<![\d.]){_CM}\b",
        lasting=True,
    ),
}
