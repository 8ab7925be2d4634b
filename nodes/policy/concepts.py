"""The dictionary: how notes word what policies ask about.

A policy file names a concept; the patterns are here and only here. ``denied_by`` are words that
say the opposite in one breath, such as a normal examination. A composite concept is shown by any
of several signs: denying one of them does not deny the others.
"""

from nodes.policy.figure_words import FIGURES
from nodes.policy.homes import at_home
from nodes.policy.red_flags import RED_FLAGS
from nodes.policy.regions import BACK, OTHER
from nodes.policy.wording import MUSCLE as _MUSCLE
from nodes.policy.wording import NOT_ARM, Words
from nodes.policy.wording import worded as _c
from nodes.policy.words_devices import DEVICES
from nodes.policy.words_drugs import DRUG_WORDS
from nodes.policy.words_imaging import IMAGING
from nodes.policy.words_therapy import THERAPY_WORDS

_SIDE = r"(?:(?:left|right|bilateral|both|l|r) )?"
_REFLEX = (
    r"(?:(?:ankle|achilles|patellar|knee|s1|l4)(?: jerk| tendon)?(?: reflex(?:es)?| jerks?)?"
    r"|(?-i:AJ|KJ)s?)"
)
_ARM = r"(?:wrist|finger|elbow|shoulder|thumb|grip|bicep|tricep|deltoid|neck|arm|hand)"
_LOW = r"(?:reduced|diminished|absent|decreased|depressed|hypoactive|lost|trace|1\+|0/4|areflexic)"

_WALKS = (
    r"\b(?:legs?|calf|calves|buttocks?|thighs?) (?:pain|heaviness|cramping|weakness|numbness"
    r"|symptoms)[^.;]{0,40}?\b(?:walk|stand|ambulat)\w*[^.;]{0,40}?\b(?:reliev|eas|better"
    r"|improv)\w*"
    r" (?:by|with|when|on) (?:\w+ ){0,3}?(?:sitting|bending|leaning|flexing|flexion|sits|bends"
    r"|leans)"
)

_DICTIONARY: dict[str, Words] = {
    "radiculopathy": _c(
        "radiculopathy",
        r"\blumbar radiculopathy|\bradiculopathy|\bradicular (?:leg )?(?:pain|symptoms)"
        r"|\bsciatica\b",
    ),
    "root_deficit": _c(
        "motor or reflex deficit on examination",
        rf"{NOT_ARM}\b{_MUSCLE}(?: \w+){{0,3}}?[ :,]+[0-4][+-]?/5"
        rf"|\b[0-4][+-]?/5 (?:(?!{_ARM})\w+ ){{0,4}}?{_MUSCLE}\b(?! (?:\w+ ){{0,2}}?5/5)"
        rf"|\b{_LOW} {_SIDE}{_REFLEX}\b"
        rf"|\b{_REFLEX}[ :]+(?:is |are |was |were )?(?:\w+ )?{_LOW}"
        r"|\b(?:achilles|patellar)(?: tendon)?(?: reflex)? 0(?![\d./+\-])"
        rf"|\b{_MUSCLE} (?:\w+ )?weakness|\bweakness (?:of|in|with) (?:the )?{_SIDE}{_MUSCLE}"
        r"|\b(?:objective )?motor weakness|\bfoot drop\b|\bmotor deficit",
        r"\bstrength (?:is )?(?:and reflexes )?(?:5/5|normal|full|intact)(?! (?:except"
        r"|other))(?=[ .,;]|$)(?![^.;]*\b(?:except|[0-4][+-]?/5))"
        r"|\bstrength and reflexes (?:are )?(?:normal|intact)|\bneurologically intact"
        r"|\bno (?:focal|motor|neurologic\w*|objective) (?:\w+ )?deficits?|\bnormal (?:motor"
        r"|strength|neurologic\w*)\b",
    ),
    "axial_pain": _c(
        "low back pain", r"\b(?:axial )?(?:low(?:er)? )?back pain\b|\blumbago\b|\blbp\b"
    ),
    "back_or_leg": _c(
        "the back or leg complaint",
        r"\bback pain|\bradicul|\bsciatica|\bleg pain|\blumbar\b|\blbp\b"
        r"|\bdisc (?:herniation|protrusion)",
    ),
    "spondylolisthesis": _c(
        "spondylolisthesis or degenerative lumbar disease",
        r"\bspondylolisthesis|\banterolisthesis|\bdegenerative (?:disc|lumbar|spondyl\w+)",
    ),
    "neurogenic_claudication": _c(
        "stenosis with neurogenic claudication",
        r"\bneurogenic claudication|\bpseudoclaudication"
        rf"|{_WALKS}(?=[^.]{{0,60}}?\bstenosis)|\bstenosis\b[^.;]{{0,60}}?{_WALKS}",
    ),
    **RED_FLAGS,
    **FIGURES,
    **DRUG_WORDS,
    **THERAPY_WORDS,
    **IMAGING,
    "new_findings": _c(
        "new findings since the last imaging",
        r"\bnew(?:ly)? (?:\w+ ){0,3}?(?:weakness|deficit|finding|symptoms?|numbness)"
        r"|\b(?:weakness|deficit) is new"
        r"|\b[0-4][+-]?/5, new\b|\bsince the (?:last|prior|previous|\w+) (?:study|mri|imaging)",
    ),
    "other_joint": Words(
        "a part of the body or a problem other than the lumbar spine", OTHER, denied_by=BACK
    ),
    "conservative_care": _c(
        "conservative treatment",
        r"\bconservative (?:care|treatment|therap\w+|management|measures)|\bnon-?(?:operative"
        r"|surgical) (?:care|treatment|management|therapy)",
    ),
    "physical_therapy": _c(
        "physical therapy",
        r"\bphysical therap(?:y|ist)|\bphysio(?:therapy)?\b|\b(?-i:PT)\b(?!/?INR)"
        r"|\btherapeutic exercises?|\baquatic therapy",
    ),
    "home_exercise": _c(
        "a prescribed home exercise program",
        r"\bhome exercises?(?: program(?:me)?)?|\b(?-i:HEP)\b|\bhome stretching",
    ),
    "chiropractic": _c(
        "chiropractic care", r"\bchiropract\w+|\bspinal manipulation|\bosteopathic manipulat\w+"
    ),
    "nsaid": _c(
        "anti-inflammatory medication",
        r"\bnsaids?\b|\bnaproxen|\baleve\b|\bnaprosyn|\bibuprofen|\bmotrin\b|\badvil\b"
        r"|\bmeloxicam|\bmobic\b"
        r"|\bdiclofenac|\bcelecoxib|\bcelebrex|\betodolac|\bnabumetone|\bketorolac"
        r"|\banti-?inflammator\w+",
    ),
    "pain_medication": _c(
        "other medication for the pain",
        r"\bgabapentin|\bneurontin|\bpregabalin|\blyrica|\bcyclobenzaprine|\bflexeril"
        r"|\bmethocarbamol|\btizanidine"
        r"|\bmuscle relax\w+|\bprednisone|\bmethylprednisolone|\bmedrol|\boral steroids?"
        r"|\btramadol|\bacetaminophen|\btylenol",
    ),
    "injection": _c(
        "spinal injection",
        r"\bepidural (?:steroid )?injections?|\b(?-i:ESI)s?\b|\bfacet injections?",
    ),
    "labelled_use": _c(
        "use according to the device's labelling",
        r"\b(?:according to|per|within|in accordance with|consistent with) (?:its"
        r"|the)? ?(?:fda )?(?:label(?:l?ing)?|indications?|approved)",
    ),
    "sleep_apnea": _c(
        "signs of sleep apnea",
        r"\b(?:obstructive )?sleep apn(?:o)?ea|\bosa\b|\bsnoring\b|\bwitnessed apn(?:o)?eas?"
        r"|\bepworth\b|\bmallampati",
    ),
    "sleep_test": _c(
        "a sleep test",
        r"\bpolysomnogra\w+|\b(?-i:PSG)\b|\bhome sleep (?:apnea )?(?:test|study)"
        r"|\b(?-i:HS(?:A)?T)\b|\bsleep study",
    ),
    "cpap_instruction": _c(
        "instruction in the use and care of the device",
        r"\b(?:instructed|trained|educated|taught|counsel+ed|received (?:instruction|training"
        r"|education))\b[^.]{0,90}?\b(?:device|cpap|pap|mask|machine|equipment)"
        r"|\b(?:instruction|training|education) (?:in|on|for|about) [^.]{0,60}?\b(?:device"
        r"|cpap|pap)\b[^.]{0,30}?(?:given|provided|completed)",
    ),
    **DEVICES,
}
CONCEPTS = at_home(_DICTIONARY)
