"""Words and their short forms that mean the same; one supports the other."""

import re
from functools import lru_cache

from nodes.writing.either import either
from nodes.writing.stems import stem

_SAME = """
pt|physical therapy|physiotherapy|physical therapist|physiotherapist
ot|occupational therapy
hep|home exercise program|home exercises|home exercise
lbp|low back pain|lower back pain|lumbago|lumbar pain
mri|magnetic resonance imaging|mr imaging
ct|computed tomography|cat scan
xr|x-ray|xray|x-rays|radiograph|radiographs|plain films
emg|electromyography
ncs|ncv|nerve conduction study|nerve conduction studies
esi|epidural steroid injection|epidural steroid injections|epidural injection
tesi|tfesi|transforaminal epidural steroid injection
mbb|medial branch block
rfa|radiofrequency ablation
slr|straight leg raise|straight leg raising|straight-leg raise
rom|range of motion
dtr|dtrs|deep tendon reflexes|reflexes
dm|diabetes mellitus|diabetes|diabetic
t2dm|type 2 diabetes|type ii diabetes|type 2 diabetes mellitus
t1dm|type 1 diabetes|type i diabetes|type 1 diabetes mellitus
htn|hypertension|high blood pressure
bp|blood pressure
osa|obstructive sleep apnea|sleep apnea
cpap|continuous positive airway pressure
ahi|apnea-hypopnea index|apnea hypopnea index
bmi|body mass index
hr|heart rate|pulse
a1c|hba1c|hemoglobin a1c|glycated hemoglobin|hgb a1c
cgm|continuous glucose monitor|continuous glucose monitoring
copd|chronic obstructive pulmonary disease
chf|congestive heart failure|heart failure
cad|coronary artery disease
ckd|chronic kidney disease
gerd|gastroesophageal reflux disease|reflux
oa|osteoarthritis
ra|rheumatoid arthritis
djd|degenerative joint disease
ddd|degenerative disc disease
tka|total knee arthroplasty|total knee replacement
tha|total hip arthroplasty|total hip replacement
acl|anterior cruciate ligament
nsaid|nsaids|nonsteroidal anti-inflammatory|anti-inflammatory medication|anti-inflammatories
ssri|ssris|selective serotonin reuptake inhibitor
ppi|ppis|proton pump inhibitor
dmard|dmards|disease-modifying antirheumatic drug
adl|adls|activities of daily living
fev1|forced expiratory volume
sob|shortness of breath|dyspnea
ha|headache|headaches
uti|urinary tract infection
tia|transient ischemic attack
cva|stroke|cerebrovascular accident
mi|myocardial infarction|heart attack
bpi|brief pain inventory
odi|oswestry disability index|oswestry
nrs|numeric rating scale
vas|visual analog scale
prn|as needed
po|by mouth|orally|oral
bid|twice daily|twice a day
tid|three times daily|three times a day
qid|four times daily
hx|history
dx|diagnosis|diagnosed
rx|prescription|prescribed
tx|treatment|treated
sx|symptoms|symptom
fx|fracture|fractured
pcp|primary care provider|primary care physician
ed|emergency department|er|emergency room
f/u|follow-up|follow up|followup
wnl|within normal limits|normal
c/o|complains of|complained of
s/p|status post
le|lower extremity|lower limb|leg
ue|upper extremity|upper limb|arm
rle|right lower extremity|right leg
lle|left lower extremity|left leg
bilateral|both|b/l|bilaterally
numbness|numb
weakness|weak
sciatica|radicular leg pain
lumbar|low back|lower back|lumbosacral
cervical|neck
thoracic|mid back
injection|injections|injected|shot
surgery|surgical|operation|operative
medication|medications|medicine|drug|drugs
chiropractic|chiropractor|spinal manipulation
relief|relieve|relieved|benefit|improvement|improved|help|helped
kidney|renal
heart|cardiac
liver|hepatic
lung|pulmonary
eye|ocular|ophthalmic
urinary|bladder
bowel|fecal|stool
incontinence|loss of control
reduced|decreased|diminished
""".strip()
GROUPS = tuple(tuple(line.split("|")) for line in _SAME.splitlines())
_PLACE: dict[str, set[int]] = {}
for _number, _group in enumerate(GROUPS):
    for _member in _group:
        _PLACE.setdefault(_member, set()).add(_number)
_ANY = re.compile(rf"(?<![a-z0-9])(?=({either(_PLACE)})(?![a-z0-9]))")
CLASSES = {
    "nsaid": r"profen$|oxicam$|coxib$|^(?:naproxen|diclofenac|etodolac|indomethacin|ketorolac"
    r"|nabumetone|aspirin)$",
    "opioid": r"codone$|morphone$|^(?:tramadol|tapentadol|morphine|fentanyl|codeine|methadone"
    r"|buprenorphine)$",
    "muscle relaxant": r"^(?:cyclobenzaprine|tizanidine|methocarbamol|baclofen|metaxalone"
    r"|carisoprodol)$",
    "anticonvulsant": r"gabalin$|^(?:gabapentin|topiramate|carbamazepine)$",
    "antidepressant": r"oxetine$|triptyline$|^(?:venlafaxine|sertraline|citalopram|bupropion)$",
    "biologic": r"mab$|cept$",
    "triptan": r"triptan$",
    "steroid corticosteroid": r"solone$|nisone$|methasone$",
    "insulin": r"^(?:glargine|lispro|aspart|degludec|detemir)$",
    "statin": r"statin$",
    "antibiotic": r"cillin$|mycin$|floxacin$|cycline$",
    "neuropathic": r"gabalin$|^gabapentin$|oxetine$",
    "analgesic": r"profen$|oxicam$|coxib$|codone$|^(?:naproxen|acetaminophen|tramadol|diclofenac)$",
}
_CLASSES = {name: re.compile(pattern) for name, pattern in CLASSES.items()}


def same(folded: str) -> set[str]:
    """Give the words that mean what a folded text says in other words."""
    places = {place for found in _ANY.findall(folded) for place in _PLACE[found]}
    return {word for place in places for member in GROUPS[place] for word in member.split()}


def spelled_out(short: str, stemmed: frozenset[str]) -> bool:
    """Say whether all the words that a short form stands for are among stems."""
    return any(
        all(stem(word) in stemmed for word in member.split())
        for place in _PLACE.get(short, ())
        for member in GROUPS[place]
        if " " in member
    )


def classes(drugs: frozenset[str]) -> set[str]:
    """Give the words for the classes of drugs named."""
    return {word for drug in drugs for word in _classes(drug)}


@lru_cache(maxsize=1024)
def _classes(drug: str) -> tuple[str, ...]:
    names = (name for name, pattern in _CLASSES.items() if pattern.search(drug))
    return tuple(word for name in names for word in name.split())
