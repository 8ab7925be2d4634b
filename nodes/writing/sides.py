"""Words for the left, the right and both, and the parts of the body they stand before."""

import re

BODY = (
    r"(?:knee|hip|shoulder|ankle|elbow|wrist|hand|foot|feet|leg|arm|eye|ear|thigh|calf|groin|heel"
    r"|buttock|flank|breast|lung|kidney|lower|upper|leaning|si|sacroiliac|lumbar|cervical|sided?)"
)
SIDES = {"left": "left", "right": "right", "lt": "left", "rt": "right", "l": "left", "r": "right"}
SIDES |= {"lle": "left", "lue": "left", "rle": "right", "rue": "right"}
EYES = re.compile(r"\b(?:eyes?|vision|visual|va|iop|ocul\w+|cataract|retin\w+|macul\w+|ophth\w+)\b")
