"""Words for sleep tests, airway pressure, and what goes with sleep apnea."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_SYMPTOM = (
    r"(?:symptoms|(?:daytime )?sleepiness|somnolence|snoring|fatigue|tiredness|apneas|headaches"
    r"|sleep quality|alertness|energy|nocturia)"
)
_BETTER = r"(?:improv\w+|resolv\w+|better|gone|reduced|subsided|decreased|disappeared|cleared|less)"

SLEEP: dict[str, Words] = {
    "ahi": _c(
        "apnea-hypopnea index",
        r"(?<!central\s)(?<!supine\s)(?<!rem\s)(?<!residual\s)(?<!lateral\s)(?:\b(?-i:AHI|RDI)"
        r"(?!\s*\(?\s*3\s*a?\s*%)(?:\s*\(?\s*4\s*%(?: \w+)?\)?)?(?!\w)"
        r"|\bapn(?:o)?ea[- ]hypopn(?:o)?ea index(?: \(ahi\))?|\brespiratory disturbance index"
        r"(?: \(rdi\))?)"
        r"(?: (?:was|is|of|at|equal(?:s|ed)? to|measured|overall"
        r"|total))*[ :=]*(\d{1,3}(?:\.\d+)?)(?!\d|\s?-\s?\d|/\d|\.\d)",
    ),
    "sleep_events": _c(
        "respiratory events recorded",
        r"\b(\d{1,4}) (?:total )?(?:(?:respiratory|scored|obstructive|recorded|apneic|disordered"
        r"|breathing) )*(?:apn(?:o)?eas? (?:and|plus|\+|/) hypopn(?:o)?eas?|events)"
        r"(?!\s*(?:per|/|an|each)\s*h)(?!\s*/h)"
        r"|\b(?:events|total (?:apn(?:o)?eas? (?:and|plus|\+) hypopn(?:o)?eas?|events))"
        r"(?: recorded| scored)?[ :=]+(\d{1,4})\b(?!\s*(?:per|/))",
    ),
    "sleepiness": _c(
        "daytime sleepiness",
        r"\b(?:daytime|excessive) (?:daytime )?(?:sleepiness|somnolence|hypersomnolence)"
        r"|\bhypersomn\w+|\b(?:sleepy|drowsy) (?:\w+ ){0,2}?(?:day|daytime|work|driving|wheel)"
        r"|\b(?:falls?|fell|falling|nods?|nodding|dozes?|dozing|dozed) (?:asleep|off)"
        r" (?:\w+ ){0,2}?(?:driving|work|meetings?|wheel|reading|television|tv|desk|traffic"
        r"|conversation)"
        r"|\b(?-i:EDS)\b",
    ),
    "cognition": _c(
        "impaired cognition",
        r"\b(?:impaired|poor|reduced) (?:cognition|concentration|memory)|\bcognitive (?:impairment"
        r"|decline|dysfunction)|\b(?:memory|concentration) (?:loss|problems|trouble|is poor)"
        r"|\b(?:trouble|difficulty) (?:concentrating|with (?:memory|concentration))|\bbrain fog",
    ),
    "insomnia": _c("insomnia", r"\binsomnia\b|\bsleep maintenance (?:problem|trouble)s?"),
    "hypertension": _c(
        "hypertension",
        r"(?<!pulmonary\s)(?<!portal\s)(?<!ocular\s)(?<!intracranial\s)(?<!white\scoat\s)"
        r"(?<!arterial\s)\bhypertension\b|\bsystemic arterial hypertension|\b(?-i:HTN)\b"
        r"|(?<!not\s)\bhypertensive\b|\bhigh blood pressure",
    ),
    "pap_or_apnea": _c(
        "sleep apnea or its treatment by airway pressure",
        r"\b(?:obstructive )?sleep apn(?:o)?ea|\b(?-i:OSA|CPAP|BiPAP|BPAP|APAP|PAP)\b(?! smear)"
        r"|\b(?:cpap|bipap)\b|\bpositive airway pressure",
    ),
    "pap_benefit": _c(
        "improvement with the device",
        rf"\b{_SYMPTOM}[^.;]{{0,40}}?\b(?<!not\s)(?<!no\s){_BETTER}"
        rf"|(?<!no\s)(?<!not\s)(?<!little\s)(?<!any\s)\b{_BETTER} (?:\w+ ){{0,4}}?{_SYMPTOM}"
        r"|\bfeels? (?:\w+ )?(?:better|rested|refreshed|more awake|more alert)"
        r"|\b(?:wakes?|sleeps?|sleeping) (?:up )?(?:\w+ )?(?:rested|refreshed|better|well with)"
        r"|\bno longer (?:\w+ )?(?:snor\w+|sleepy|tired|falls? asleep|naps?|dozes?)"
        r"|(?<!no\s)\b(?:good|clear|marked|significant|clinical) (?:\w+ )?(?:benefit"
        r"|response|improvement)"
        r"|\bbenefit(?:s|ing|ed|ting|ted)? (?:\w+ )?(?:from|with) (?:\w+ ){0,3}?"
        r"(?:c?pap|bipap|therapy|device|treatment)"
        r"|\bepworth[^.;]{0,20}?(?:from \d{1,2} to|down to|fell to|decreased to|improved)",
        r"\b(?:no|not|without|little) (?:\w+ ){0,3}?(?:improvement|benefit|better|change in)"
        r"|\b(?:symptoms|sleepiness|snoring|fatigue) (?:\w+ )?(?:unchanged|no better|persists?|the"
        r" same)|\b(?:still|as) (?:sleepy|tired)(?: as)?",
    ),
    "epworth": _c(
        "Epworth sleepiness score",
        r"\b(?:epworth(?: sleepiness)?(?: (?:scale|score))*|(?-i:ESS))(?: \(ess\))?(?: (?:score|is"
        r"|was|of|at|total))*[ :=,]*(\d{1,2})(?!\d|\.\d|\s*-\s*\d|/(?!24))",
    ),
    "stop_bang": _c(
        "STOP-BANG score",
        r"\bstop[- ]?bang(?: (?:score|questionnaire|is|was|of|total))*[ :=,]*(\d)(?!\d|\.\d"
        r"|\s*-\s*\d|/(?!8))",
    ),
    "hours_left_for_titration": _c(
        "three hours or more left for titration",
        r"\b(?:[3-6](?:\.\d+)?|three|four|five)(?:\s*(?:\+|or more))?\s*h(?:ou)?rs? (?:\w+ ){0,3}?"
        r"(?:remain\w*|left|for (?:the )?titration)"
        r"|\b(?:remain\w*|left)[^.;\d]{0,25}?\b[3-6](?:\.\d+)?\s*h(?:ou)?rs?\b",
        r"\b(?:[0-2](?:\.\d+)?|one|two)\s*h(?:ou)?rs? (?:\w+ ){0,3}?(?:remain\w*|left)",
    ),
    "ischaemic_heart_disease": _c(
        "ischaemic heart disease",
        r"\bcoronary (?:artery|heart) disease|\b(?-i:CAD)\b|\bisch(?:a)?emic heart disease"
        r"|\bmyocardial infarction|\b(?-i:NSTEMI|STEMI)\b|\bheart attack|\bangina\b",
        composite=True,
    ),
    "stroke": _c(
        "stroke",
        r"(?<!heat\s)\bstroke\b(?! (?:risk|volume|prevention))|\b(?-i:CVA)\b(?! tenderness)"
        r"|\bcerebral infarct\w*|\bhemorrhagic stroke",
    ),
}
