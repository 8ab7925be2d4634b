"""Words for sleep tests, airway pressure, and what goes with sleep apnea."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_HOME_TEST = (
    r"(?:home (?:sleep )?(?:apn(?:o)?ea )?(?:test(?:ing)?|study|device|monitor)|(?-i:HSAT|HST))"
)
_NO_ANSWER = (
    r"(?:negative|inconclusive|non-?diagnostic|inadequate|uninterpretable|failed|insufficient"
    r"|technically (?:\w+ )?(?:limited|poor|inadequate))"
)
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
        r"\b(?=h)(?:(?<!pulmonary\s)(?<!portal\s)(?<!ocular\s)(?<!intracranial\s)"
        r"(?<!white\scoat\s)(?<!pulmonary\sarterial\s)hypertension\b|(?-i:HTN)\b"
        r"|(?<!not\s)hypertensive\b|high blood pressure)",
    ),
    "sleep_apnea_signs": _c(
        "signs of obstructive sleep apnea",
        r"\bsnor(?:es?|ing|ed)\b|\b(?:witnessed|observed) (?:\w+ )?(?:apn(?:o)?eas?|pauses)"
        r"|\b(?:stops?|pauses?) (?:in )?breathing|\b(?:gasp\w*|chok\w*) (?:\w+ ){0,4}?(?:sleep"
        r"|night|awak\w*)|\b(?:wakes?|waking|awakens?) (?:up )?(?:gasping|choking)"
        r"|\b(?:un|non)-?refresh\w+|\b(?:daytime|excessive) (?:daytime )?(?:sleepiness|somnolence)"
        r"|\bmorning headaches?",
        composite=True,
    ),
    "high_pretest_probability": _c(
        "a high pretest probability of sleep apnea",
        r"\b(?:high|increased) (?:pre-?test )?(?:probability|likelihood|risk|suspicion) (?:of|for)"
        r" (?:\w+ ){0,4}?(?:osa\b|(?:obstructive )?sleep apn(?:o)?ea)"
        r"|\bhigh pre-?test probability",
        r"\b(?:low|intermediate) (?:pre-?test )?(?:probability|likelihood|risk|suspicion)"
        r" (?:of|for) (?:\w+ ){0,4}?(?:osa\b|(?:obstructive )?sleep apn(?:o)?ea)"
        r"|\blow pre-?test probability",
    ),
    "copd_moderate": _c(
        "moderate or severe COPD",
        r"\b(?:moderate|severe|very severe|advanced|end[- ]stage)(?:[- ]to[- ]\w+)? (?:copd\b"
        r"|chronic obstructive pulmonary|emphysema)|\b(?:copd|chronic obstructive pulmonary"
        r" disease|emphysema),? (?:which is |is |that is )?(?:moderate|severe|very severe|gold)"
        r"|\bgold (?:stage |grade |group )?(?:2|3|4|ii|iii|iv)\b",
        r"\bmild (?:copd|emphysema)|\bgold (?:stage |grade )?(?:1|i)\b",
    ),
    "heart_failure_severe": _c(
        "heart failure of NYHA class III or IV",
        r"\b(?:nyha|new york heart association)[^.;]{0,20}?\b(?:3|4|iii|iv)\b",
        r"\b(?:nyha|new york heart association)[^.;]{0,20}?\b(?:1|2|i|ii)\b",
    ),
    "neuromuscular_disease": _c(
        "neuromuscular disease",
        r"\bneuromuscular (?:disease|disorder|weakness)|\b(?-i:ALS)\b|\bamyotrophic lateral"
        r"|\bmyasthenia|\bmuscular dystrophy|\bmyotonic dystrophy|\bpost-?polio|\bpompe disease",
    ),
    "hypoventilation": _c(
        "hypoventilation",
        r"\b(?<!possible\s)hypoventilation\b|\b(?-i:OHS)\b|\bhypercapni\w+|\bpaco2[^.;\d]{0,12}?"
        r"(?:4[6-9]|[5-9]\d)\b",
    ),
    "chronic_opioids": _c(
        "chronic use of opioids",
        r"\b(?:chronic|long[- ]term|daily) (?:\w+ ){0,2}?(?:opioids?|opiates?|narcotics?|methadone"
        r"|oxycodone|morphine|hydrocodone|fentanyl|buprenorphine)(?: (?:therapy|use|treatment))?"
        r"|\bmethadone maintenance|\bbuprenorphine maintenance",
    ),
    "central_apnea": _c(
        "central or complex sleep apnea",
        r"\b(?:central|complex|treatment[- ]emergent central) (?:sleep )?apn(?:o)?ea"
        r"|\bcheyne[- ]stokes",
    ),
    "other_sleep_disorder": _c(
        "a sleep disorder other than obstructive apnea",
        r"\bnarcolepsy|\bcataplexy|\bidiopathic hypersomnia|\bparasomnia|\bsleep ?walking"
        r"|\bdream enactment|\brem (?:sleep )?behavio(?:u)?r|\bperiodic limb movement"
        r"|\bnocturnal seizures?|\bsleep terrors?",
        composite=True,
    ),
    "home_test_failed": _c(
        "a home sleep test that was negative or could not be read",
        rf"\b{_HOME_TEST}\b(?:(?!\bnot\b|n't\b)[^.;]){{0,50}}?\b(?:{_NO_ANSWER}|not diagnostic"
        rf"|did not (?:show|record|reach))|\b{_NO_ANSWER} {_HOME_TEST}",
        rf"\b{_HOME_TEST}\b[^.;]{{0,30}}?\b(?:was positive|positive|adequate|diagnostic"
        r"|confirmed|not (?:negative|inconclusive|inadequate))\b",
    ),
    "cannot_use_home_test": _c(
        "inability to use a home test",
        r"\b(?:cannot|can't|unable to|not able to) (?:\w+ ){0,4}?"
        rf"(?:{_HOME_TEST}|test (?:\w+ ){{0,2}}?at home)",
        rf"(?<!not\s)\bable to (?:\w+ ){{0,3}}?{_HOME_TEST}",
    ),
    "new_sleep_indication": _c(
        "a new reason for another sleep test",
        r"\b(?:weight (?:gain|loss) of|(?:gained|lost) \d{2,3}|new (?:\w+ )?(?:symptoms|snoring"
        r"|sleepiness)|symptoms (?:have )?(?:returned|recurred|worsened)"
        r"|recurrent (?:\w+ )?symptoms|after (?:\w+ )?(?:surgery|uppp|oral appliance)"
        r"|previous (?:test|study) was (?:\w+ )?(?:inadequate|technically))",
        r"\bno new (?:symptoms|indication|findings)",
    ),
    "pap_or_apnea": _c(
        "sleep apnea or its treatment by airway pressure",
        r"\b(?:obstructive )?sleep apn(?:o)?ea|\b(?-i:OSA|CPAP|BiPAP|BPAP|APAP|PAP)\b(?! smear)"
        r"|\b(?:cpap|bipap)\b|\bpositive airway pressure",
    ),
    "pap_benefit": _c(
        "improvement with the device",
        rf"\b{_SYMPTOM}(?:(?!\b(?:will|would|may|might|should|could|not)\b)[^.;]){{0,40}}?\b{_BETTER}"
        rf"|(?<!no\s)(?<!not\s)(?<!little\s)(?<!any\s)\b{_BETTER} (?:\w+ ){{0,4}}?{_SYMPTOM}"
        r"|\bfeels? (?:\w+ )?(?:better|rested|refreshed|more awake|more alert)"
        r"|\b(?:wakes?|sleeps?|sleeping) (?:up )?(?:\w+ )?(?:rested|refreshed|better|well with)"
        r"|\bno longer (?:\w+ )?(?:snor\w+|sleepy|tired|falls? asleep|naps?|dozes?)"
        r"|(?<!no\s)\b(?:good|clear|marked|significant|clinical) (?:\w+ )?(?:benefit"
        r"|response|improvement)"
        r"|\bbenefit(?:s|ing|ed|ting|ted)? (?:\w+ )?(?:from|with) (?:\w+ ){0,3}?"
        r"(?:c?pap|bipap|therapy|device|treatment)"
        r"|\bepworth[^.;]{0,20}?(?:from \d{1,2} to|down to|fell to|decreased to|improved)",
        rf"\b{_SYMPTOM}[^.;]{{0,25}}?\b(?:not|n't) (?:\w+ )?{_BETTER}"
        r"|\b(?:no|not|without|little) (?:\w+ ){0,3}?(?:improvement|benefit|better|change in)"
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
