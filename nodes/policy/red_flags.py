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
        r"|\bcauda equina (?:syndrome|compression)",
        r"\b(?:normal|intact) (?:bowel and bladder|perianal sensation)|\bno red flags?\b"
        r"|\bred flags?:? (?:none|absent|negative)",
        composite=True,
    ),
    "progressive_deficit": worded(
        "a major or rapidly progressive motor deficit",
        r"\b(?:rapidly )?progressi(?:ve|ng) (?:\w+ ){0,3}?(?:weakness|motor"
        r"|neurologic\w*)(?: deficit)?"
        r"|\b(?:weakness|deficit) (?:is |has )?(?:rapidly )?(?:progress|worsen)\w*"
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
