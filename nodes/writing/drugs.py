"""Words that name a drug: by stem (USAN), by a short list, or because the chart uses them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from nodes.chart import Fact
from nodes.writing.text import fold

STEMS = re.compile(
    r"^[a-z]{2,}(?:profen|oxicam|coxib|vastatin|pril|prilat|sartan|olol|dipine|gliptin|gliflozin"
    r"|glutide|glitazone|formin|conazole|prazole|cillin|mycin|floxacin|cycline|tidine|setron"
    r"|triptan|caine|azepam|azolam|barbital|codone|morphone|mab|tinib|ciclib|vir|parin|xaban"
    r"|gatran|gabalin|triptyline|oxetine|pramine|nisone|solone|methasone|cetirizine|afil|tadine"
    r"|dronate|lukast|terol|tropium|sone|thiazide|semide|lactone|azosin|steride|bactam|cept)$"
)
_NAMES = (
    "acetaminophen aspirin ibuprofen naproxen diclofenac etodolac indomethacin ketorolac nabumetone"
    " tramadol tapentadol morphine fentanyl codeine buprenorphine methadone baclofen tizanidine"
    " cyclobenzaprine methocarbamol metaxalone carisoprodol gabapentin pregabalin insulin glargine"
    " lispro aspart degludec detemir metformin glipizide glimepiride glyburide methotrexate"
    " sulfasalazine leflunomide hydroxychloroquine warfarin clopidogrel levothyroxine sertraline"
    " citalopram escitalopram bupropion venlafaxine trazodone lidocaine capsaicin topiramate"
    " furosemide tacrolimus pimecrolimus cyclosporine azathioprine dupilumab lithium"
)
NAMES = frozenset(_NAMES.split())
BRANDS = {
    "advil": "ibuprofen",
    "motrin": "ibuprofen",
    "aleve": "naproxen",
    "naprosyn": "naproxen",
    "anaprox": "naproxen",
    "tylenol": "acetaminophen",
    "mobic": "meloxicam",
    "celebrex": "celecoxib",
    "voltaren": "diclofenac",
    "neurontin": "gabapentin",
    "lyrica": "pregabalin",
    "flexeril": "cyclobenzaprine",
    "ultram": "tramadol",
    "cymbalta": "duloxetine",
    "lantus": "glargine",
    "basaglar": "glargine",
    "toujeo": "glargine",
    "humalog": "lispro",
    "novolog": "aspart",
    "tresiba": "degludec",
    "glucophage": "metformin",
    "ozempic": "semaglutide",
    "humira": "adalimumab",
    "enbrel": "etanercept",
    "prilosec": "omeprazole",
}
NOT_DRUGS = frozenset({"april", "concept", "except", "accept", "intercept", "percept", "tartan"})

LONG = re.compile(r"[a-z]{4,}")


def drugs(text: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """List the drug-like words of a text, brands as their generic name."""
    return folded_drugs(fold(text), known)


def folded_drugs(folded: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """List the same of a text that is folded already."""
    words = set(LONG.findall(folded))
    return frozenset(name for word in words if (name := generic(word, known)))


def generic(word: str, known: frozenset[str] = frozenset()) -> str | None:
    """Give the generic name when a folded word is drug-like."""
    name = BRANDS.get(word, word)
    return name if name in known or _drug(word) else None


def chart_drugs(facts: Iterable[Fact]) -> frozenset[str]:
    """List the drug names a chart's medication facts give by their codes' displays."""
    shown = {c.display for f in facts if f.kind == "medication" for c in f.codes if c.display}
    first = (LONG.match(fold(display)) for display in shown)
    return frozenset(BRANDS.get(m[0], m[0]) for m in first if m)


@lru_cache(maxsize=4096)
def _drug(word: str) -> bool:
    if word in NOT_DRUGS:
        return False
    return word in NAMES or word in BRANDS or bool(STEMS.match(word))
