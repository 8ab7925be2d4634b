"""The words of a chart or a code title in one spelling, so that they can be compared."""

import re
from typing import Literal, NamedTuple

Side = Literal["left", "right", "bilateral"]

_WORD = re.compile(r"[a-z0-9]+|[,;.:()\[\]/]")
_PLACE = re.compile(r"(?<=[a-z])'s?\b")
_NOT = {"not", "non", "no"}
_ENDS = set(",;.:()[]/") | {"with", "and", "but"}
_SIDES: dict[str, Side] = {"left": "left", "right": "right", "bilateral": "bilateral"}
EMPTY = frozenset([
    "a", "an", "and", "as", "at", "be", "bilateral", "both", "by", "classifiable", "classified",
    "due", "elsewhere", "for", "from", "had", "has", "have", "her", "his", "in", "is", "its", "l",
    "left", "lt", "nec", "nos", "of", "on", "or", "patient", "pt", "r", "right", "rt", "that",
    "the", "this", "to", "was", "which", "who", "with", "x",
])  # fmt: skip
# Words that titles are full of and that say little.
PALE = frozenset([
    "disease", "disorder", "other", "primary", "side", "specified", "type", "unilateral",
    "unspecified",
])  # fmt: skip
_SAME = {
    "renal": "kidney", "hepatic": "liver", "cardiac": "heart", "pulmonary": "lung",
    "gastric": "stomach",
    "micturition": "urination", "urinary": "urination", "ocular": "eye", "cutaneous": "skin",
    "cerebral": "brain",
    "neoplasm": "tumor", "neoplastic": "tumor", "tumour": "tumor", "syndrom": "syndrome",
    "vertebra": "vertebral", "spinal": "spine", "lumbosacral": "lumbosacral",
    "osteoarthrosi": "osteoarthritis", "arthrosi": "osteoarthritis", "disk": "disc",
    "intervertebral": "disc", "dysthymia": "dysthymic",
    "diabetic": "diabete", "asthmatic": "asthma", "allergy": "allergic",
    "hypertensive": "hypertension", "osteoporotic": "osteoporosi", "psoriatic": "psoriasi",
    "arthritic": "arthritis", "ischaemic": "ischemic", "schizophrenic": "schizophrenia",
    "alcoholic": "alcohol", "depressive": "depression", "depressed": "depression",
    "obese": "obesity", "anxious": "anxiety", "epileptic": "epilepsy", "anemic": "anemia",
    "seizure": "seizure", "migrainous": "migraine", "stenotic": "stenosi",
    "thrombotic": "thrombosi", "necrotic": "necrosi", "fibrotic": "fibrosi",
    "cirrhotic": "cirrhosi", "sclerotic": "sclerosi", "ruptured": "rupture", "torn": "tear",
    "fractured": "fracture", "broken": "fracture", "sprained": "sprain", "strained": "strain",
    "dislocated": "dislocation", "infected": "infection", "inflamed": "inflammation",
    "herniated": "displacement", "herniation": "displacement", "bulging": "displacement",
    "displaced": "displaced", "distal": "lower", "proximal": "upper", "painful": "pain",
    "ulcerated": "ulcer", "ulceration": "ulcer", "childhood": "child", "adolescent": "child",
    "one": "1", "two": "2", "three": "3", "four": "4", "i": "1", "ii": "2", "iii": "3",
    "sacrum": "sacral", "tonsillar": "tonsil", "ureteral": "ureter", "ureteric": "ureter",
    "urethral": "urethra", "uterine": "uteru", "ovarian": "ovary", "prostatic": "prostate",
    "pancreatic": "pancrea", "nasal": "nose", "esophageal": "esophagu", "laryngeal": "larynx",
    "tracheal": "trachea", "rectal": "rectum", "anal": "anu", "colonic": "colon",
    "splenic": "spleen", "tibial": "tibia", "humeral": "humeru", "patellar": "patella",
    "clavicular": "clavicle", "scapular": "scapula", "calcaneal": "calcaneu",
    "mandibular": "mandible", "retinal": "retina", "corneal": "cornea", "intestinal": "intestine",
    "duodenal": "duodenum", "meniscal": "meniscu", "testicular": "testi", "penile": "peni",
    "bronchial": "bronchu", "pleural": "pleura", "vesical": "bladder", "adrenal": "adrenal",
    "iv": "4", "v": "5", "nonunion": "nonunion", "thoracolumbar": "thoracolumbar",
}  # fmt: skip

# Of each group a text that says one does not mean another.
_GROUPS = (
    "benign malignant", "acute chronic", "open closed", "upper lower", "congenital acquired",
    "male female", "primary secondary", "anterior posterior", "medial lateral", "1 2 3 4 5",
    "internal external", "systolic diastolic", "cervical thoracic lumbar sacral",
    "mild moderate severe", "arm leg", "hand foot", "shoulder hip knee elbow wrist ankle",
    "first second third fourth fifth", "child adult", "hyperthyroidism hypothyroidism",
    "malnutrition obesity", "hypertension hypotension", "complete incomplete", "fetu mother",
)  # fmt: skip
_AGAINST = {word: frozenset(group.split()) - {word} for group in _GROUPS for word in group.split()}


def against(key: str) -> frozenset[str]:
    """Words of the index that a word speaks against: its opposites, and its own absence."""
    absence = key[1:] if key.startswith("-") else f"-{key}"
    return _AGAINST.get(key, frozenset()) | {absence}


class Token(NamedTuple):
    """One word as compared, and where it stands in the text; ``absent`` after "without"."""

    word: str
    start: int
    end: int
    absent: bool = False

    @property
    def key(self) -> str:
        """The word as the index holds it: what is said to be absent has a minus before it."""
        return f"-{self.word}" if self.absent else self.word


def stem(word: str) -> str:
    """One spelling of a word: American, singular, and one of words that mean the same."""
    word = word.replace("ae", "e").replace("oe", "e")
    if len(word) > 5 and word.endswith("our"):
        word = word[:-3] + "or"
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "itis")):
        word = word[:-1]
    return _SAME.get(word, word)


def tokens(text: str) -> list[Token]:
    """The words of a text that say something, sides left out."""
    found: list[Token] = []
    absent = once = False
    lowered = text.lower() if len(text.lower()) == len(text) else text.casefold()[: len(text)]
    for match in _WORD.finditer(_PLACE.sub(lambda m: " " * len(m.group()), lowered)):
        word = match.group()
        if word == "without":
            absent = True
        elif word in _NOT:
            once = True
        elif word in _ENDS:
            absent = once = False
        elif word not in EMPTY and word not in _SIDES:
            found.append(Token(stem(word), match.start(), match.end(), absent or once))
            once = False
    return found


_SIDE = re.compile(
    r"\b(?:(?P<bilateral>bilateral(?:ly)?|b/l|bilat|both)|(?P<left>left|lt|lft|l(?![\d/\w]))"
    r"|(?P<right>right|rt|r(?![/\d\w])))\b",
    re.IGNORECASE,
)


def sides(text: str) -> list[tuple[Side, int, int]]:
    """Each side a text names and where; one letter counts only as a capital."""
    found: list[tuple[Side, int, int]] = []
    for match in _SIDE.finditer(text):
        if len(match.group()) == 1 and match.group().islower():
            continue
        found.append((_SIDES[str(match.lastgroup)], match.start(), match.end()))
    return found


def side(text: str) -> Side | None:
    """The one side a text names; left and right together are bilateral."""
    named = {one for one, _, _ in sides(text)}
    if len(named) > 1:
        return "bilateral"
    return next(iter(named), None)
