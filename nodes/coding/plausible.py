"""Whether a code that was found is about the condition the words name: nothing before nonsense.

A modifier, a place of the body or a cause alone names no condition; a title whose own head no word
of the text meets is another condition where it is an injury, and less likely elsewhere.
"""

from nodes.coding.searching import Match
from nodes.coding.words import PALE, Token, stem, tokens

# What a title is about: a place of the body alone is no diagnosis.
HEADS = frozenset([
    "abnormality", "abrasion", "abscess", "absence", "abuse", "adverse", "amputation", "anomaly",
    "arthritis", "atrophy", "avulsion", "benign", "bite", "bleeding", "blister", "burn", "calculu",
    "complication", "concussion", "congenital", "contusion", "corrosion", "cramp", "crushing",
    "cyst", "deficiency", "deformity", "dependence", "dislocation", "disorder", "edema", "effusion",
    "embolism", "encounter", "exposure", "failure", "foreign", "fracture", "frostbite",
    "hemorrhage", "hernia", "history", "infection", "inflammation", "injury", "insufficiency",
    "laceration", "lesion", "malformation", "malignant", "mas", "numbnes", "osteoarthritis",
    "pain", "poisoning", "pregnancy", "presence", "puncture", "rash", "rupture", "screening",
    "spasm", "sprain", "stenosi", "stenosis", "stiffness", "strain", "subluxation", "swelling",
    "tear", "thrombosi", "tumor", "ulcer", "underdosing", "use", "weaknes", "wound",
])  # fmt: skip
_SAID_OF = frozenset([
    "active", "acute", "adult", "atypical", "bilateral", "child", "chronic", "class", "closed",
    "complete", "complicated", "controlled", "current", "degenerative", "displaced", "early",
    "episode", "extremely", "focal", "generalized", "grade", "idiopathic", "incidental",
    "incomplete", "initial", "intermittent", "intractable", "late", "level", "localized", "major",
    "mild", "minor", "moderate", "multiple", "new", "nontraumatic", "old", "open", "paroxysmal",
    "persistent", "primary", "progressive", "recent", "recurrent", "refractory", "relapsing",
    "remitting", "secondary", "severe", "severity", "single", "stable", "stage", "subacute",
    "subsequent", "symptomatic", "traumatic", "typical", "unilateral", "uncomplicated",
    "uncontrolled", "unstable", "worsening", "year", "month", "week", "day", "time", "part",
    "region", "site", "area", "side", "upper", "lower", "middle", "anterior", "posterior", "medial",
    "lateral", "inner", "outer", "proximal", "distal", "first", "second", "third", "fourth",
    "fifth", "degree", "trimester", "phase", "onset", "remission", "partial", "full", "status",
])  # fmt: skip
_PLACES = frozenset([
    "abdomen", "abdominal", "ankle", "arm", "back", "bone", "brain", "breast", "calf", "cervical",
    "chest", "coccyx", "colon", "ear", "elbow", "extremity", "eye", "face", "femur", "fibula",
    "finger", "foot", "forearm", "hand", "head", "heart", "heel", "hip", "humeru", "joint",
    "kidney", "knee", "leg", "limb", "liver", "lobe", "low", "lumbar", "lumbosacral", "lung",
    "muscle", "nail", "neck", "nerve", "nose", "organ", "pelvi", "pelvic", "quadrant", "radiu",
    "rib", "sacral", "shoulder", "skin", "spine", "stomach", "thigh", "thoracic", "thumb", "tibia",
    "toe", "tonsil", "trunk", "ulna", "vertebra", "vertebral", "wall", "wrist", "great", "artery",
    "vein", "tendon", "ligament", "meniscu", "rotator", "cuff", "disc", "tissue", "valve",
])  # fmt: skip
_ANY = frozenset(["disease", "disorder", "syndrome", "problem", "dysfunction"])
_IMPLIED = {"benign", "malignant", "pregnancy"}
_INJURIES = "ST"
_UNMET = 0.06
_ELSE = 0.05


# As words are compared: singular, American spelling.
_ASIDE = PALE | {stem(one) for one in _SAID_OF}
_WHERE = {stem(one) for one in _PLACES}


def about(words: set[str]) -> set[str]:
    """The words that name a condition: no number, letter, modifier or place of the body."""
    bare = {one for one in words if one.isalpha() and len(one) > 1}
    told = bare - _ASIDE
    return told if not told <= _WHERE or bare & _ANY else set()


def modifies(found: list[Token]) -> bool:
    """Whether words only say more of a condition that stands elsewhere."""
    words = {one.word for one in found}
    return bool(words) and words <= _ASIDE | {one for one in words if not one.isalpha()}


def weighed(match: Match) -> Match | None:
    """A match with what speaks against it taken off; none where it is about something else."""
    said = set(match.words)
    if not about(said):
        return None
    title = {one.word for one in tokens(match.by)}
    if "other" in title - said:
        match = match._replace(score=match.score - _ELSE)
    heads = (HEADS - _IMPLIED) & title
    if not heads or not heads.isdisjoint(said):
        return match
    return None if match.entry.code[0] in _INJURIES else match._replace(score=match.score - _UNMET)
