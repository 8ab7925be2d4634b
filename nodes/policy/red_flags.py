"""How notes word the red flags of the spine."""

from nodes.policy.wording import MUSCLE, NOT_ARM, Words, worded

_NOT_SPINE = (
    r"(?:(?:left|right|l|r) )?(?:great |big |second |third |fourth |fifth )?(?:toe|foot|heel|ankle"
    r"|calcaneus|tibia|fibula|femur|hip|knee|finger|hand|wrist|humerus|jaw|mandible|skull|metatars)"
)
_PLAIN_WORD = r"(?!skin\b|basal\b|squamous\b|no\b|not\b|family\b|for\b)\w+"
_HIGH = r"(?:ladder|roof|height|tree|scaffold\w*|horse|balcony|truck|stairs)"
_FALL = rf"(?:fall|fell) (?:\w+ ){{0,2}}?(?:from|off|down) (?:of )?(?:an? |the |his |her )?{_HIGH}"
_FELL = rf"\b{_FALL}"
_CRASH = (
    r"(?:\b(?:mvc|mva|motor vehicle (?:collision|accident|crash)|rollover|car accident)"
    r"\b[^.;]{0,30}?\b(?:high[- ]speed|rollover|ejected|at highway speed)"
    r"|\bhigh[- ]speed (?:mvc|mva|motor vehicle \w+|collision|crash|car accident))"
)
_TENDER = (
    r"\b(?:midline|spinous process|vertebral|lumbar|spine|spinal|bony)(?: \w+){0,2}? tender\w*"
)

RED_FLAGS: dict[str, Words] = {
    "cauda_equina": worded(
        "signs of cauda equina compression",
        r"\bsaddle (?:an(?:a)?esthesia|numbness|hyp(?:o)?(?:a)?esthesia)|\bperi(?:anal|neal)"
        r" (?:numbness|an(?:a)?esthesia)"
        r"|\bperianal (?:\w+ )?sensation (?:is |was )?(?:absent|reduced|decreased|diminished|lost)"
        r"|\b(?:new |acute |urinary |bladder ){1,3}retention\b"
        r"|\b(?:bowel|bladder|fecal|faecal|urinary) (?:and bladder |or bladder |and bowel "
        r"|or bowel )?incontinence"
        r"|\b(?:reduced|decreased|absent|diminished|lax|poor) (?:anal|rectal|sphincter) tone"
        r"|\brectal tone (?:is |was )?(?:reduced|decreased|absent|diminished|lax)"
        r"|\b(?:suspected )?cauda equina (?:syndrome|compression)|\b(?-i:CES)\b"
        r"(?! (?:precaution|less|warning|symptom|educat|return|unlikely|red))"
        r"|\bsaddle (?:par(?:a)?esthesia"
        r"|sensory loss)|\bperineal sensory loss"
        r"|\b(?:cannot|can['\u2019]t|unable to|inability to) (?:\w+ )?(?:urinate|void|pass urine"
        r"|empty (?:\w+ )?bladder)"
        r"|\bnumb(?:ness)? (?:\w+ ){0,2}?between (?:the|her|his|both) (?:legs|thighs)"
        r"|\bnumb(?:ness)? (?:\w+ ){0,3}?(?:genital\w*|saddle|perineum|perianal)"
        r"|\b(?:lost|loss of|losing) (?:\w+ )?(?:bowel|bladder)(?: (?:and|or) (?:bowel"
        r"|bladder))? (?:function |sphincter )?control"
        r"|\b(?:lost|loss of|losing) control of (?:\w+ )?(?:bowels?|bladder)"
        r"|\boverflow incontinence",
        r"\b(?:normal|intact) (?:bowel and bladder|perianal sensation)|\bno red flags?\b"
        r"|\bred flags?:? (?:none|absent|negative)",
        composite=True,
        weak=r"retention|incontinence|urinate|void|pass urine|empty|control",
    ),
    "progressive_deficit": worded(
        "a major or rapidly progressive motor deficit",
        r"\b(?:rapidly )?progressi(?:ve|ng) (?:\w+ ){0,3}?(?:weakness|motor"
        r"|neurologic\w*)(?: deficit)?"
        r"|\b(?:weakness|deficit|foot drop)[ ,]+(?:is |has |that is |now )?(?:been )?(?:rapidly "
        r"|quickly )?(?:progress|worsen)\w*"
        r"|\b(?:strength|power|motor)\b[^.;]{0,40}?\b(?:fell|fallen|dropped|declined|decreased"
        r"|went|gone|worsened|down|deteriorated)\b[^.;]{0,20}?\b[45][+-]?/5\b[^.;\d]{0,16}?\bto"
        r" [0-3][+-]?/5"
        rf"|{NOT_ARM}\b{MUSCLE}(?: \w+){{0,3}}?[ :,]+[0-2][+-]?/5"
        r"|\b(?:acute|new|complete|sudden)(?:[- ]onset)?,? (?:(?:left|right|bilateral|l|r|lt|rt)"
        r"(?:[- ]sided)? )?foot ?-?drop|\bfoot ?-?drop (?:that )?(?:is |which is )?(?:new|acute"
        r"|of (?:recent|sudden|acute) onset)\b",
        r"\bno red flags?\b",
    ),
    "spinal_infection": worded(
        "spinal infection, suspected or known",
        r"\b(?:epidural|paraspinal|psoas) abscess|\b(?:spondylo|osteo)?dis[ck]itis"
        r"|\b(?:vertebral|spinal|spine|lumbar|sacral|l[1-5]\S{0,3}) osteomyelitis"
        r"|\bsuspected (?:spinal |spine )?infection"
        rf"|\bosteomyelitis\b(?! (?:of|in|at) (?:the )?{_NOT_SPINE})",
        r"\bno red flags?\b",
    ),
    "spinal_cancer": worded(
        "cancer with new back pain, or spinal metastasis",
        r"\b(?:spinal|vertebral|bone|bony|osseous) metasta\w+|\bmetastatic (?:\w+ )?(?:cancer"
        r"|carcinoma|disease)"
        r"|(?<!family\s)(?<!fam\s)\b(?:history|hx|h/o|pmh|pmhx|known|treated for|survivor of)"
        rf"(?: of)?[ :]+(?:{_PLAIN_WORD} ){{0,2}}?(?:cancer|(?-i:CA)\b|carcinoma|malignancy"
        r"|lymphoma|myeloma|melanoma)(?! screen\w*)"
        r"|\bmultiple myeloma|\b(?:breast|prostate|lung|kidney|renal cell|thyroid|colon|rectal"
        r"|colorectal|bladder|pancreatic) (?:cancer|carcinoma|adenocarcinoma|(?-i:CA)\b) (?:s/p"
        r"|status post|on (?:chemo\w*|immunotherapy|hormon\w+|tamoxifen)|stage (?:\d|i|ii|iii|iv)"
        r"|(?:diagnosed |treated )?in (?:19|20)\d\d|\(?(?:19|20)\d\d\)?)",
        r"\bno (?:known )?(?:history of )?(?:cancer|malignancy)|\bno red flags?\b",
    ),
    "fracture": worded(
        "vertebral fracture or major trauma",
        r"\b(?:vertebral|compression|burst|lumbar|spinal) fracture|\b(?:major|high[- ]energy"
        rf"|significant) trauma|{_FELL}[^.;]{{0,80}}?{_TENDER}|{_CRASH}[^.;]{{0,80}}?{_TENDER}"
        rf"|{_TENDER}[^.;]{{0,40}}?\b(?:after|since|following) (?:an? |the )?(?:{_FALL}|{_CRASH})"
        r"|(?<=concern\sfor\s)fracture|(?<=concerning\sfor\s)fracture|(?<=suspected\s)fracture"
        r"|(?<=possible\s)fracture|(?<=suspicious\sfor\s)fracture|(?<=r/o\s)fracture",
        r"\bno red flags?\b",
    ),
}
