"""How notes word what policies for imaging ask about, where plain phrases do not suffice."""

import re

from nodes.policy.regions import OTHER
from nodes.policy.wording import Words, worded
from nodes.policy.words_chest import CHEST
from nodes.policy.words_head import HEAD
from nodes.policy.words_heart import HEART
from nodes.policy.words_knee import KNEE, KNEE_HOME

_SPINE_OPERATION = (
    r"(?:micro-?)?(?:discectomy|diskectomy|laminectomy|decompression|laminotomy)"
    r"|(?:lumbar|spine|spinal|back|l[1-5]\S*) (?:fusion|surgery|operation)"
)
_INVASIVE = (
    r"(?:epidurals?|(?:tf|il|l)?esis?\b|transforaminal|interlaminar|injections?|surgery|operation"
    r"|(?:hemi)?(?:micro-?)?disc?k?ectomy|(?:hemi)?laminectomy|laminotomy|decompression|fusion)"
)
_AT_THE_SPINE = (
    r"(?:(?:(?:lumbar|caudal|l[1-5]\S*) )?epidurals?\b|(?-i:TFESI|ILESI|LESI|ESI)s?\b"
    r"|transforaminal (?:epidural|injection|esi)|interlaminar (?:epidural|injection|esi)"
    r"|(?:micro-?)?dis[ck]ectomy"
    r"|microdiskectomy|(?:hemi)?laminectomy|laminotomy|(?-i:TLIF|PLIF|ALIF|XLIF|LLIF)\b"
    r"|(?:lumbar|spine|spinal|back|l[1-5]\S*) (?:fusion|surgery|operation|decompression"
    r"|(?:steroid )?injections?))"
)
_NOT_HERE = (
    r"(?:(?!cervical|thoracic|c[2-7]|t\d|no\b|not\b|if\b|knee|shoulder|hip|prior|after|s/p)"
    r"\S+ ){0,4}?"
)
_PLANS = (
    r"(?:scheduled for|planning(?: for| on)?|plan(?:ned|s)?:?(?: for| to (?:do|perform"
    r"|proceed with))?|proceed(?:ing)? (?:with|to)|set up for|booked for|will undergo|awaiting"
    r"|referred for)"
)
_BACK_CARE = (
    r"\b(?:for|to|of|on|at) (?:\w+ ){0,3}?(?:back|lumb\w+|spine|sciatica|lbp|radiculopathy)\b"
    r"|\b(?:back|lumbar|spine) (?:pain )?(?:pt|physical therapy|therapy|exercises?|program)\b"
)
_STAYED = r"(?![^.;]{0,50}\b(?:resolved|subsided|cleared|went away|no (?:longer|current)|unlikely))"
_AGAIN = (
    r"\b(?:recurr\w+|new(?:[- ]onset)?|worsening|returning|return of|persistent|now)"
    r" (?:(?!no\b|without\b|knee|shoulder|neck|arm|hip)\w+ ){0,3}?"
    r"(?:pain|radiculopathy|sciatica|weakness)"
)

SPINE: dict[str, Words] = {
    "cord_compression": worded(
        "compression of the spinal cord or conus",
        r"\b(?:spinal )?cord (?:compression|signal change)|\bconus (?:medullaris )?(?:compression"
        r"|syndrome)|\bmyelopath(?:y|ic)|\bclonus\b|\bhyper-?reflexi(?:a|c)\b"
        r"|\bbabinski(?:'s)?(?: sign)? (?:is |was )?(?:positive|present|upgoing)"
        r"|\bupgoing (?:toes?|plantars?)",
        r"\bno red flags?\b",
        composite=True,
    ),
    "back_worse_under_care": worded(
        "pain of a severity that needed hospital care, or clearly worse under treatment",
        r"\b(?:back|leg|radicular|lumbar)\b[^.;]{0,40}?\b(?:requir\w+|led to|leading to)"
        r" (?:\w+ ){0,3}?(?:hospitali[sz]ation|hospital (?:stay|care)|admission|iv opioids?)"
        r"|\b(?:hospitali[sz]ed|admitted) (?:\w+ ){0,4}?(?:for|with|because of) (?:\w+ ){0,3}?"
        r"(?:back|leg|radicular|lumbar)\b"
        r"|\b(?:back|leg|radicular|lumbar|sciatica)\b[^.;]{0,30}?\b(?:markedly|significantly"
        r"|rapidly|severely|much|progressively) wors\w+[^.;]{0,30}?\b(?:despite|in spite of"
        r"|during|under|throughout) (?:\w+ ){0,4}?(?:therap\w+|treatment|care|pt|nsaids?"
        r"|exercises?)\b",
    ),
    "back_after_surgery": worded(
        "symptoms again or anew after an operation on the lumbar spine",
        r"(?<!of\s)(?<!h/o\s)(?<!prior\s)(?<!previous\s)\b(?:recurr\w+|persist\w+|new|worsening"
        r"|returning) (?:\w+ ){0,4}?(?:pain|radiculopathy|sciatica|symptoms|weakness)[^.;]{0,40}?"
        r"\b(?:after|following|since|status post|s/p|post) (?:\S+ ){0,3}?"
        rf"(?:{_SPINE_OPERATION})\b"
        rf"(?:[^.;]{{0,20}}?\b(?:years?|months?|weeks?) ago)?{_STAYED}"
        rf"|\b(?:s/p|status post|after|following|post[- ]?op\w*) (?:\S+ ){{0,3}}?"
        rf"(?:{_SPINE_OPERATION})\b[^.;]{{0,25}}?{_AGAIN}{_STAYED}"
        rf"|\bpost-?(?:laminectomy|discectomy|fusion)\b(?! syndrome)[^.;]{{0,15}}?{_AGAIN}{_STAYED}"
        r"|(?<!of\s)(?<!h/o\s)\bfailed back (?:surgery )?syndrome|(?<!of\s)(?<!h/o\s)"
        r"\bpost-?laminectomy syndrome|(?<!of\s)(?<!h/o\s)(?<!prior\s)\brecurrent (?:\S+ ){0,2}?"
        rf"dis[ck] herniation{_STAYED}(?! (?:in|of) (?:19|20)\d\d)",
        lasting=True,
    ),
    "spine_planning": worded(
        "planning of an operation or an epidural injection",
        r"\b(?:surgical|surgery|pre-?operative|pre-?op|pre-?procedur\w+|operative|injection)"
        r" planning\b(?! (?:for|of)\b|:)"
        r"|\b(?:surgical|surgery|pre-?operative|pre-?op|pre-?procedur\w+|operative|injection)"
        rf" planning (?:for|of):? {_NOT_HERE}{_AT_THE_SPINE}"
        rf"|\b{_PLANS} {_NOT_HERE}{_AT_THE_SPINE}(?![^.;]{{0,30}}?\bif\b)"
        rf"|\b(?:(?:would like|wants?) (?:an? )?)?(?:mri|imaging)\b[^.;]{{0,40}}?\b(?:before"
        rf"|prior to)"
        rf" (?:\w+ ){{0,4}}?{_INVASIVE}"
        rf"|\bto plan (?:\w+ ){{0,4}}?{_INVASIVE}",
    ),
    "spine_disease_follow_up": worded(
        "follow-up of a known tumour or infection of the spine",
        r"\b(?:follow-?up|surveillance|restaging|response) (?:\w+ ){0,4}?(?:spinal|vertebral"
        r"|lumbar|epidural|paraspinal|intradural) (?:\w+ )?(?:tumou?r|metasta\w+|abscess"
        r"|infection|schwannoma|ependymoma|meningioma|plasmacytoma)"
        r"|\b(?:follow-?up|surveillance) (?:\w+ ){0,4}?(?:dis[ck]itis|osteomyelitis)",
    ),
    "other_than_knee": Words(
        "a part of the body other than the knee",
        re.compile(f"{OTHER.pattern}|{_BACK_CARE.replace(' ', chr(92) + 's+')}", re.IGNORECASE),
        denied_by=KNEE_HOME,
    ),
}
IMAGING: dict[str, Words] = {**SPINE, **HEAD, **KNEE, **CHEST, **HEART}
