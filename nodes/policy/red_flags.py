"""How notes word the red flags of the spine."""

from nodes.policy.wording import MUSCLE, Words, worded

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
        r"|\bcauda equina (?:syndrome|compression)"
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
        rf"|\b{MUSCLE}(?: \w+){{0,3}}?[ :,]+[0-2][+-]?/5|\b(?:acute|new|complete) foot drop",
        r"\bno red flags?\b",
    ),
    "spinal_infection": worded(
        "spinal infection, suspected or known",
        r"\b(?:epidural|paraspinal|psoas) abscess|\bdiscitis|\bdiskitis|\bvertebral osteomyelitis"
        r"|\bsuspected (?:spinal |spine )?infection|\bosteomyelitis",
        r"\bno red flags?\b",
    ),
    "spinal_cancer": worded(
        "cancer with new back pain, or spinal metastasis",
        r"\b(?:spinal|vertebral|bone|bony|osseous) metasta\w+|\bmetastatic (?:\w+ )?(?:cancer"
        r"|carcinoma|disease)"
        r"|\bhistory of (?:\w+ ){0,2}?(?:cancer|carcinoma|malignancy|lymphoma|myeloma)"
        r"|\bmultiple myeloma",
        r"\bno (?:known )?(?:history of )?(?:cancer|malignancy)|\bno red flags?\b",
    ),
    "fracture": worded(
        "vertebral fracture or major trauma",
        r"\b(?:vertebral|compression|burst|lumbar|spinal) fracture|\b(?:major|high[- ]energy"
        r"|significant) trauma",
        r"\bno red flags?\b",
    ),
}
