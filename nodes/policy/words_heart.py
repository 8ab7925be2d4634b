"""How notes word what policies for stress imaging of the heart ask about."""

from nodes.policy.wording import Words, worded

_CANNOT = r"(?:cannot|can['\u2019]t|can not|unable to|not able to|inability to|incapable of)"
_EXERCISE = (
    r"(?:exercis(?:e|ing)|walk(?:ing)? on (?:a |the )?treadmill|use (?:a |the )?treadmill|do (?:a"
    r" |the )?(?:treadmill|exercise (?:test|stress))"
    r"|(?:achieve|reach|attain) (?:\w+ )?(?:target|adequate|maximal)(?: predicted)? (?:hr|heart"
    r" rate|workload)"
    r"|perform (?:\w+ )?(?:treadmill|exercise)|complete (?:\w+ )?(?:treadmill|exercise)"
    r"|walk (?:more than|a|one|two|1|2|1/2|half)|ambulate)"
)

_BY_CHOICE = (
    r"(?! (?:outdoors?|outside|regularly|daily|as (?:much|often)|after (?:dinner|work)|in (?:the )?"
    r"(?:winter|morning|evening|cold)|at (?:the )?gym|much|often|enough"
    r" time))(?![^.;]{0,50}?\b(?:work"
    r" schedule|schedule|lack of time|no time|busy|family (?:duties|obligations)|weather|childcare"
    r"|gym (?:closed|membership)))"
)

_NOT_RISK = (
    r"(?! (?:risk|prevent\w*|screen\w*|mammo\w*|system|software|equivalent|rule\w*|is unlikely))"
    r"(?!\) (?:mammo|software|system))"
)
_OPERATIONS = (
    r"aortic (?:\w+ ){0,2}?repair|carotid endarterectomy|femoral bypass|femoropopliteal bypass"
    r"|(?:hip|knee) (?:replacement|arthroplasty)|total (?:hip|knee)|(?:spinal|lumbar) fusion"
    r"|colectomy"
    r"|(?:kidney|liver|renal) transplant\w*|thoracotomy|lobectomy|prostatectomy"
)
_NOT_DONE = (
    r"(?! (?:is |was |were )?(?:not|declined|refused|cancel\w*|on hold|deferred|in (?:19|20)\d\d"
    r"|(?:19|20)\d\d))"
)

HEART: dict[str, Words] = {
    "coronary_disease": worded(
        "coronary disease",
        r"\b(?:coronary artery disease|coronary (?:heart )?disease|(?-i:CAD)|isch(?:a)?emic heart"
        rf" disease)\b{_NOT_RISK}|(?<!family\shistory\sof\s)\b(?:myocardial infarction"
        r"|(?-i:NSTEMI|STEMI))\b(?! (?:risk|prevent|rule))|\bcoronary stents?\b"
        r"|\b(?-i:CABG)\b(?! (?:risk|candidate))|\bs/p (?-i:PCI)\b|\b(?:(?-i:PCI|DES|BMS|POBA)"
        r"|stents?"
        r"|angioplasty) (?:to|of|in|x\s?\d to) (?:the )?(?:\w+ )?(?-i:RCA|LAD|LCX|LCx|LM|OM\d?"
        r"|D\d|PDA)\b"
        r"|\bcoronary (?:bypass|angioplasty)",
        r"\bno (?:known |history of |significant |obstructive )?(?:cad|coronary (?:artery"
        r" )?disease)\b"
        r"|\b(?:cad|coronary (?:artery )?disease) (?:was |is |has been )?(?:excluded|ruled out"
        r"|absent)"
        r"|\b(?:clean|normal) coronar(?:y|ies)(?: arteries| angiogra\w+)?",
    ),
    "larger_surgery": worded(
        "an operation that is not of low risk",
        rf"\b(?:{_OPERATIONS})\b{_NOT_DONE}|\b(?:vascular|intermediate[- ]risk|high[- ]risk"
        r"|intraperitoneal|open abdominal) surgery\b(?! (?:clinic|follow|consult|referral|note|team"
        rf"|appointment|service|dep)){_NOT_DONE}",
        r"\blow[- ]risk (?:surgery|procedure)|\bcataract surgery|\bminor procedure"
        rf"|\b(?:declined|declines|refused|refuses|does not want|not a candidate for|h/o|s/p"
        rf"|status post) (?:\w+ ){{0,2}}?(?:{_OPERATIONS})",
    ),
    "angina": worded(
        "chest pain or its equivalent",
        r"\b(?:typical |atypical |exertional |stable |unstable )?angina\b(?! pectoris ruled)"
        r"|\bchest (?:pain|pressure|tightness|discomfort|heaviness)|\bsubsternal (?:pain|pressure"
        r"|discomfort)|\bexertional (?:dyspnea|dyspnoea|chest \w+)|\b(?:dyspnea|dyspnoea"
        r"|shortness of breath) (?:on|with|upon) (?:\w+ )?exertion|\b(?-i:DOE)\b"
        r"|\b(?-i:CP) (?:with|on|upon|during) (?:\w+ )?(?:exertion|stairs|walking|activity|effort"
        r"|exercise|climbing)"
        r"|\banginal equivalent|\bexertional syncope",
        composite=True,
    ),
    "cannot_exercise": worded(
        "not able to exercise enough",
        rf"\b{_CANNOT} (?:adequately |safely |physically |\w+ )?{_EXERCISE}{_BY_CHOICE}"
        r"|\bexercise (?:is )?(?:not possible|intolerance|limited)|\bwheelchair[- ](?:bound"
        r"|dependent)|\b(?:limited|poor) (?:exercise|functional) (?:capacity|tolerance)"
        r"|\bfunctional capacity (?:is )?(?:<|less than|under|below)\s?(?:4|four|5|five) mets?"
        r"|\bnot a treadmill candidate|\bnon-?ambulatory",
        r"\b(?<!not\s)able to (?:exercise|walk on a treadmill|use (?:a|the) treadmill)|\bcan"
        r" (?:exercise|walk (?:on )?(?:a |the )?(?:treadmill|\w+ miles?))|\bexercises (?:daily"
        r"|regularly|\w+ times)|\b(?:walks|runs|jogs|cycles|swims) (?:\w+ ){0,3}?(?:miles?|km"
        r"|laps|daily)|\b(?:good|excellent|normal) (?:exercise|functional) (?:capacity"
        r"|tolerance)|\bno (?:limitation|limits) (?:to|on|of) exercise",
    ),
    "uninterpretable_ecg": worded(
        "an ECG that cannot be read under exercise",
        r"\b(?:complete )?left bundle[- ]branch block|\blbbb\b|\b(?:ventricular(?:ly)?[- ])?paced"
        r" (?:rhythm|complexes|beats)|\bventricular(?:ly)?[- ]paced\b|\bventricular pacing"
        r"|\bpacemaker[- ]dependent"
        r"|\bwolff[- ]parkinson[- ]white|\b(?-i:WPW)\b|\bpre-?excitation"
        r"|\blvh with (?:\w+ )?(?:strain|repolari[sz]ation)|\b(?:st|st-t)[ -](?:segment )?"
        r"(?:depression|abnormalit\w+) (?:at rest|at baseline)|\b(?:baseline|resting) (?:ecg|ekg"
        r"|st)[^.;]{0,30}?\b(?:uninterpretable|abnormalit\w+|depression)"
        r"|\buninterpretable (?:ecg|ekg|electrocardiogram)|\b(?:ecg|ekg) (?:is )?uninterpretable",
        r"\b(?:ecg|ekg|electrocardiogram)[^.;]{0,30}?\b(?:normal|unremarkable|interpretable"
        r"|without (?:st|abnormal\w*))(?! (?:sinus rhythm with|axis))|\bnormal (?:resting"
        r"|baseline )?(?:ecg|ekg)\b",
        composite=True,
    ),
    "ischemic_ecg": worded(
        "ischaemic changes in the resting ECG",
        r"\b(?:ischa?emic|new) (?:st|t[- ]wave|st-t)[ -]?(?:\w+ )?(?:changes?|depressions?"
        r"|inversions?|abnormalit\w+)|\bt[- ]wave inversions?|\bst (?:segment )?depressions?"
        r"|\bpathologic(?:al)? q[- ]?waves?|\bcomplete left bundle[- ]branch block"
        r"|\bcomplete lbbb\b|\bnew lbbb\b",
        composite=True,
    ),
    "exercise_ecg_unclear": worded(
        "an exercise ECG that was abnormal, equivocal or not diagnostic",
        r"\b(?:equivocal|abnormal|positive|non-?diagnostic|inconclusive|submaximal|failed)"
        r" (?:\w+ ){0,2}?(?:treadmill|stress|exercise)(?: exercise)?(?: stress)?"
        r"(?: test| ecg| ekg| electrocardiogram| study)|\b(?:treadmill|exercise ecg|exercise ekg"
        r"|exercise stress|ett)\b(?:(?!\b(?:not|no|never|without)\b)[^.;]){0,40}?\b(?:equivocal"
        r"|abnormal|non-?diagnostic|inconclusive"
        r"|submaximal|st depression|failed to reach|stopped early)",
    ),
    "calcium_score": worded(
        "coronary calcium score",
        r"\b(?:cac|coronary (?:artery )?calcium|calcium|agatston)(?: score| scoring)?"
        r"(?: (?:of|was|is|at))?[ :=]{1,3}(\d{1,4})\b(?!\s?(?:%|th|mg))(?! (?:is|would be"
        r"|indicates|means|or (?:more|higher)) (?:considered )?(?:high|severe|abnormal"
        r"|significant)?\b)",
    ),
    "worse_heart_symptoms": worded(
        "new or worse symptoms of the heart",
        r"\b(?:new(?:[- ]onset)?|worsen\w*|worse|increas\w+|recurr\w+|progressive|crescendo"
        r"|accelerat\w+|change in)(?: \w+){0,3}? (?:angina|chest (?:pain|pressure|tightness"
        r"|discomfort)|dyspnea|dyspnoea|shortness of breath|anginal \w+|exertional \w+|symptoms)"
        r"|\b(?:angina|chest (?:pain|pressure|tightness|discomfort)|exertional dyspnea)\b"
        r"[^.;]{0,40}?\b(?:is new|has returned|returned|worsened|worsening|more frequent"
        r"|increasing|progressing|began (?:\w+ ){0,3}ago|started (?:\w+ ){0,3}ago)",
        r"\bno (?:new|change in|recurrent) (?:\w+ ){0,2}?(?:symptoms|angina|chest pain)"
        r"|\basymptomatic\b|\bsymptoms (?:are )?(?:stable|unchanged)",
    ),
}
