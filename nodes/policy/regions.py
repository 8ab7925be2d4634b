"""Whether care was for the back: other regions of the body and other problems as notes word them.

A sentence that names another target and does not join it to the back is no care for the back.
"""

import re

_SPINE = r"(?:[ -](?:spine|spinal|radicul\w+|disc\w*|stenosis|spondyl\w+))*"
_OTHER = (
    rf"(?:(?:cervical|thoracic|neck|c-?spine|t-?spine){_SPINE}|shoulders?|rotator(?: cuff)?"
    r"|elbows?|wrists?|hands?|fingers?|thumb|knees?|hips?|ankles?|(?:foot|feet)(?! drop)|heels?"
    r"|toes?|jaw|tmj|chest|ribs?|abdom\w+|tk[ar]|th[ar]|acl|mcl|menisc\w+|pelvic(?: floor)?"
    r"|vestibular|vertigo|dizziness|balance|plantar(?: fasci\w+)?|achilles|carpal(?: tunnel)?"
    r"|de quervain\w*|trigger finger|bursitis|shingles|zoster|postherpetic|migraines?|headaches?"
    r"|arthritis|gout|lupus|fibromyalgia|(?:peripheral|diabetic) neuropathy|seizures?|epilepsy"
    r"|anxiety|hot flashes|restless legs?|copd|asthma|rash|poison ivy|allerg\w+|croup|bronchitis"
    r"|menstrual\w*|cramps|dysmenorrh\w+|endometriosis|dental|tooth\w*|fever|stroke|cva"
    r"|parkinson\w*|cardiac|pulmonary|lymphedema|incontinence|concussion|tendin\w+|tennis elbow"
    r"|polymyalgia|colitis|(?!spondyl|disc|disk|sten|arthr|radicul|sacroili)\w{3,}(?:itis|algia))"
)
_SIDES = r"(?:(?!(?:and|or)\b)[\w'\u2019-]+[ ]){0,4}?"
_CARE = (
    r"(?:physical therapy|physio(?:therapy)?|therap(?:y|ies)|p\.?t\.?|rehab\w*|treatments?|care"
    r"|exercises?|injections?|hep|home exercise\w*|manipulation|adjustments?|program)"
)
OTHER = re.compile(
    rf"\b(?:for|directed (?:at|to|toward)|target(?:ing|ed at)|focus(?:ed|ing|es)? on|addressing"
    rf"|due to|because of|secondary to|status post|s/p|post|after|following) {_SIDES}{_OTHER}\b"
    rf"|\b{_CARE} (?:of|to|on) {_SIDES}{_OTHER}\b"
    rf"|\b{_OTHER}[ -](?:pain |surgery |strengthening |home |post-?op\w* )?{_CARE}\b"
    rf"|\b{_CARE} \({_SIDES}{_OTHER}\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b{_OTHER}\b(?! (?:\w+ )?(?:reflex\w*|jerks?|strength|weakness|dorsiflexion|extension"
    r"|flexion|eversion|[0-5][+-]?/5|flexors?|extensors?))",
    re.IGNORECASE,
)
BACK = re.compile(
    r"\b(?:back|lumb\w+|lbp|spin(?:e|al)|sacr\w+|radic\w+|sciatic\w*|radiat\w+|disc|disk|l[1-5]"
    r"|s1|leg (?:pain|symptoms|weakness)|claudication|epidural)\b",
    re.IGNORECASE,
)
_EXAMINED = re.compile(rf"\b{_OTHER}\b[^.;]{{0,25}}?[0-5][+-]?/5", re.IGNORECASE)
_PART = re.compile(rf"\b{_OTHER}\b", re.IGNORECASE)
_JOINED = re.compile(
    r"^[^.;:,]{0,25}?(?:,? ?(?:and|&|as well as|plus)|/|,) ?(?:(?:her|his|their|also|for|left"
    r"|right|low|lower|chronic|axial|the) )*$",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"\b(?:radiat|shoot|extend|travel|spread|refer)\w* [^.;]{0,25}$", re.IGNORECASE
)


def elsewhere(text: str, other: re.Pattern[str] = OTHER, back: re.Pattern[str] = BACK) -> bool:
    """Say whether a sentence about a treatment names another target and not the back with it.

    With ``back`` of another region, such as the knee, that region's own words are no other target.
    """
    cleared = _PART.sub(
        lambda m: m.group() if back.match(m.group()) else "x" * len(m.group()), text
    )
    for match in other.finditer(text):
        if _SPREAD.search(text[: match.start()]):
            continue
        after = back.search(cleared, match.end())
        joined = after and _JOINED.search(text[match.end() : after.start()])
        if not back.search(cleared, match.start(), match.end()) and not joined:
            return True
    return not back.search(cleared) and bool(_NAMED.search(text)) and not _EXAMINED.search(text)
