"""Words for sleep tests, airway pressure, and what goes with sleep apnea."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_HOME_TEST = (
    r"(?:home (?:sleep (?:apn(?:o)?ea )?|apn(?:o)?ea )(?:test(?:ing)?|study|device|monitor)"
    r"|(?-i:HSAT|HST))"
)
_NO_ANSWER = (
    r"(?:negative|inconclusive|non-?diagnostic|inadequate|uninterpretable|failed|insufficient"
    r"|technically (?:\w+ )?(?:limited|poor|inadequate))"
)
_SYMPTOM = (
    r"(?:symptoms|(?:daytime )?sleepiness|somnolence|snoring|fatigue|tiredness|apneas|headaches"
    r"|sleep quality|alertness|energy|nocturia)"
)
_ON_PAP = (
    r"(?:on|with|under|during) (?:\w+ ){0,2}?(?:c-?pap|bi-?pap|bpap|apap|auto-?pap|pressure"
    r"|therapy|treatment|titration)\b"
)
_INDEX = r"(?:\b(?-i:p?AHI|p?RDI|REI)\b|\bapn(?:o)?ea[- ]hypopn(?:o)?ea index)"
_BEFORE_PAP = r"(?:(?!\b(?:baseline|diagnostic|initial|original|before|pre)\b)[^.;\d])"
_KIN = r"(?:wife|husband|spouse|partner|bed ?partner|family|roommate|girlfriend|boyfriend)"
_ANY = r"(?:(?!(?:no|not|never|denies|denied|without|her)\b)\w+ )"
_BETTER = r"(?:improv\w+|resolv\w+|better|gone|reduced|subsided|decreased|disappeared|cleared|less)"

SLEEP: dict[str, Words] = {
    "ahi": _c(
        "apnea-hypopnea index",
        rf"\b(?:download|titrat\w+|residual|compliance report|{_ON_PAP}){_BEFORE_PAP}{{0,40}}?"
        rf"{_INDEX}[^.;\d]{{0,15}}?\d+(?:\.\d+)?"
        r"|(?<!central\s)(?<!supine\s)(?<!rem\s)(?<!residual\s)(?<!lateral\s)(?:\b(?-i:p?AHI"
        r"|p?RDI|REI)"
        r"(?!\s*\(?\s*3\s*a?\s*%)(?:\s*\(?\s*4\s*%(?: \w+)?\)?)?(?!\w)"
        r"|\bapn(?:o)?ea[- ]hypopn(?:o)?ea index(?: \(ahi\))?|\brespiratory disturbance index"
        r"(?: \(rdi\))?|\brespiratory event index(?: \(rei\))?)"
        r"(?: (?:was|is|of|at|equal(?:s|ed)? to|measured|overall"
        r"|total))*[ :=]*(\d{1,3}(?:\.\d+)?)(?!\d|\s?-\s?\d|/\d|\.\d)"
        rf"(?!(?:\s?/h\w*| per hour| events?\S*)?,? \(?(?:{_ON_PAP}|at \d{{1,2}}\s?cm))",
    ),
    "sleep_events": _c(
        "respiratory events recorded",
        r"\b(\d{1,4}) (?:total )?(?:(?:respiratory|scored|obstructive|recorded|apneic|disordered"
        r"|breathing) )*(?:apn(?:o)?eas? (?:and|plus|\+|/) hypopn(?:o)?eas?|events)"
        r"(?!\s*(?:per|/|an|each)\s*h)(?!\s*/h)"
        r"|\b(?:apn(?:o)?eas?[ :=]+\d{1,3},? (?:and )?)?hypopn(?:o)?eas?[ :=]+([3-9]\d|\d{3})\b"
        r"(?!\s*(?:per|/))"
        r"|\b([3-9]\d|\d{3}) (?:\w+ )?(?:apn(?:o)?eas?,? (?:and |plus )?\d{1,3} hypopn(?:o)?eas?)"
        r"|\b(?:events|total (?:apn(?:o)?eas? (?:and|plus|\+) hypopn(?:o)?eas?|events))"
        r"(?: recorded| scored)?[ :=]+(\d{1,4})\b(?!\s*(?:per|/))",
    ),
    "sleepiness": _c(
        "daytime sleepiness",
        r"\b(?:daytime|excessive) (?:daytime )?(?:sleepiness|somnolence|hypersomnolence)"
        r"|\bhypersomn\w+|\b(?:sleepy|drowsy) (?:\w+ ){0,2}?(?:day|daytime|work|wheel)"
        r"|\b(?:sleepy|drowsy) (?:while|when|during|behind) (?:driving|reading|sitting|working)"
        r"|\b(?:falls?|fell|falling|nods?|nodding|dozes?|dozing|dozed) (?:asleep|off)"
        r" (?:\w+ ){0,2}?(?:driving|day|daytime|work|meetings?|wheel|reading|television|tv|desk"
        r"|traffic"
        r"|conversation)"
        r"|\b(?-i:EDS)\b(?!\s*\(?ehlers)",
    ),
    "cognition": _c(
        "impaired cognition",
        r"\b(?:impaired|poor|reduced) (?:cognition|concentration|memory)|\bcognitive (?:impairment"
        r"|decline|dysfunction)|\b(?:memory|concentration) (?:loss|problems|trouble|is poor)"
        r"|\b(?:trouble|difficulty) (?:concentrating|with (?:memory|concentration))|\bbrain fog",
    ),
    "mood": _c(
        "mood disorder",
        r"(?<!st\s)(?<!st-)(?<!segment\s)(?<!respiratory\s)(?<!bridge\s)(?<!cns\s)(?<!marrow\s)"
        r"(?<!sternal\s)(?<!skull\s)(?<!for\s)(?<!manic\s)\bdepression\b(?!(?:[-/ ]\w+)? (?:screen"
        r"\w*|inventory|scale|questionnaire|risk|scores?|assessment|education|on (?:ecg|ekg)"
        r"|in (?:leads?|v\d)|of (?:the )?(?:st|nasal|skull)))"
        r"|(?<!for\s)\b(?:major |persistent )?depressive disorder|\bmajor depression\b"
        r"|\b(?-i:MDD)\b|\bbipolar (?:(?:affective )?disorder|depression|(?:i|ii|1|2|type)\b)"
        r"|\bdysthymi\w+|\bmood disorder|\banxiety disorder",
    ),
    "insomnia": _c(
        "insomnia", r"\binsomnia\b(?! severity)|\bsleep maintenance (?:problem|trouble)s?"
    ),
    "hypertension": _c(
        "hypertension",
        r"\b(?=h)(?<!pre-)(?<!pre\s)(?:(?<!pulmonary\s)(?<!portal\s)(?<!ocular\s)(?<!intracranial\s)"
        r""
        r"(?<!white\scoat\s)(?<!pulmonary\sarterial\s)hypertension\b|(?-i:HTN)\b"
        r"|(?<!not\s)hypertensive\b|high blood pressure)",
    ),
    "sleep_apnea_signs": _c(
        "signs of obstructive sleep apnea",
        r"(?<!dog\s)(?<!cat\s)\bsnor(?:es?|ing|ed)\b|\b(?:witnessed"
        r"|observed) (?:\w+ )?(?:apn(?:o)?eas?|pauses)"
        rf"|\b{_KIN} {_ANY}{{0,5}}?(?:stop\w*|paus\w*) (?:in )?breathing"
        rf"|\b{_KIN} (?:reports?|reported|notes?|noted|states?|says|complains?|describes?|endorses?"
        rf"|notices|noticed|observe[sd]|hears) {_ANY}{{0,3}}?(?:snor\w+|apn(?:o)?eas?)\b"
        r"|\b(?:stops?|stopped|stopping|pauses?) (?:in )?breathing|\b(?:gasp\w*"
        r"|chok\w*) (?:\w+ ){0,4}?(?:sleep"
        r"|night|awak\w*)|\b(?:wakes?|waking|awakens?) (?:up )?(?:gasping|choking)"
        r"|\b(?:un|non)-?refresh\w+|\b(?:daytime|excessive) (?:daytime )?(?:sleepiness|somnolence)"
        r"|\bmorning headaches?",
        composite=True,
    ),
    "high_pretest_probability": _c(
        "a high pretest probability of sleep apnea",
        r"\b(?:high|increased) (?:pre-?test )?(?:probability|likelihood|risk|suspicion) (?:of|for)"
        r" (?:\w+ ){0,4}?(?:osa\b|(?:obstructive )?sleep apn(?:o)?ea)"
        r"|\bhigh pre-?test probability(?! (?:of|for) )",
        r"\b(?:low|intermediate) (?:pre-?test )?(?:probability|likelihood|risk|suspicion)"
        r" (?:of|for) (?:\w+ ){0,4}?(?:osa\b|(?:obstructive )?sleep apn(?:o)?ea)"
        r"|\blow pre-?test probability",
    ),
    "copd_moderate": _c(
        "moderate or severe COPD",
        r"\b(?:moderate|severe|very severe|advanced|end[- ]stage)(?:[- ]to[- ]\w+)? (?:copd\b"
        r"|chronic obstructive pulmonary|emphysema)|\b(?:copd|chronic obstructive pulmonary"
        r" disease|emphysema),? (?:which is |is |that is )?(?:moderate|severe|very severe|gold)"
        r"|\bgold (?:stage |grade )?(?:2|3|4|ii|iii|iv)\b"
        r"|\bcopd\b[^.;]{0,30}?\bfev1\b[^.;\d]{0,15}?(?<!\d)[1-7]\d\s?%",
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
        r"|\b(?:morphine|oxycodone|oxymorphone|hydromorphone|hydrocodone) (?:er|sr|cr|xr)\b"
        r"|\boxycontin\b|\bms contin\b|\bfentanyl patch\w*"
        r"|\b(?:morphine|oxycodone|hydrocodone|methadone|oxymorphone|hydromorphone|tapentadol)\b"
        r"[^.;]{0,40}?\bfor chronic pain|\bmethadone maintenance|\bbuprenorphine maintenance",
    ),
    "central_apnea": _c(
        "central or complex sleep apnea",
        r"\b(?:central|complex|treatment[- ]emergent central) (?:sleep )?apn(?:o)?ea"
        r"|\bcheyne[- ]stokes",
    ),
    "other_sleep_disorder": _c(
        "a sleep disorder other than obstructive apnea",
        r"\b(?:suspected )?narcolepsy|\bcataplexy|\bidiopathic hypersomnia|\bparasomnia"
        r"|\bsleep ?walking"
        r"|\bdream enactment|\bact(?:s|ing)? out (?:his |her |their )?dreams|\b(?-i:RBD|PLMD)\b"
        r"|\brem (?:sleep )?behavio(?:u)?r|\bperiodic limb movement"
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
        r"(?<!hopes\sto\s)(?<!hope\sto\s)(?<!wants\sto\s)"
        rf"\b(?:no longer (?:\w+ )?(?:snor\w+|sleepy|tired|falls? asleep|naps?|dozes?)"
        rf"(?:(?:,| and|, and) (?:\w+ ){{0,2}}?{_SYMPTOM} (?:\w+ )?{_BETTER})?"
        r"|(?:no (?:other |new |more )?complaints|no (?:other |new |more )?(?:issues|concerns"
        r"|problems)),? (?:and )?(?:sleeping|sleeps|feels?|feeling) (?:\w+ )?(?:well|better|great"
        r"|rested|refreshed))"
        rf"|\b{_SYMPTOM}(?:(?!\b(?:will|would|may|might|should|could"
        rf"|not)\b)[^.;]){{0,40}}?\b{_BETTER}"
        rf"|(?<!no\s)(?<!not\s)(?<!little\s)(?<!any\s)\b{_BETTER} (?:\w+ ){{0,4}}?{_SYMPTOM}"
        r"|(?<!to\s)\bfeels? (?:\w+ )?(?:better|rested|refreshed|more awake|more alert)"
        r"|\b(?:wakes?|sleeps?|sleeping) (?:up )?(?:\w+ )?(?:rested|refreshed|better|well with)"
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
        r"\b(?-i:SB) (\d)/8\b|\bstop[- ]?bang(?: (?:score|questionnaire|is|was|of"
        r"|total))*[ :=,]*(\d)(?!\d|\.\d"
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
        r"\bcoronary (?:artery|heart) disease(?! (?:screen\w*|risk|prevention))"
        r"|\b(?-i:CAD)\b(?! (?:screen\w*|risk|prevention|work-?up))|\bisch(?:a)?emic heart disease"
        r"|\bmyocardial infarction|\b(?-i:NSTEMI|STEMI)\b|\bheart attack|\bangina\b",
        composite=True,
    ),
    "stroke": _c(
        "stroke",
        r"(?<!heat\s)\bstroke\b"
        r"(?! (?:risk|volume|prevention|prophylaxis|education|precautions|scale|alert|clinic))"
        r"|\b(?-i:CVA)\b(?! tenderness)"
        r"|\bcerebral infarct\w*|\bhemorrhagic stroke",
    ),
}
