"""Classes of drugs that a step asks for, and how many of each."""

import re
from dataclasses import dataclass

from nodes.writing.text import fold

_CLASSES = {
    "NSAID": (
        r"nsaids?|non-?steroidal anti-?inflammator\w*",
        r"naproxen|ibuprofen|diclofenac|etodolac|indomethacin|ketorolac|nabumetone|\w+oxicam"
        r"|\w+coxib|\w+profen|sulindac|oxaprozin",
    ),
    "DMARD": (
        r"dmards?|disease-modifying \w+",
        r"methotrexate|sulfasalazine|leflunomide|hydroxychloroquine|azathioprine",
    ),
    "TNF inhibitor": (
        r"tnf(?:-?alpha)? (?:inhibitor|blocker)s?",
        r"adalimumab|etanercept|infliximab|golimumab|certolizumab",
    ),
    "triptan": (r"triptans?", r"\w+triptan"),
    "statin": (r"statins?", r"\w+vastatin"),
    "PPI": (r"ppis?|proton pump inhibitors?", r"\w+prazole"),
    "SSRI": (r"ssris?", r"fluoxetine|sertraline|citalopram|escitalopram|paroxetine|fluvoxamine"),
    "SNRI": (r"snris?", r"duloxetine|venlafaxine|desvenlafaxine|milnacipran"),
    "muscle relaxant": (
        r"muscle relaxants?",
        r"cyclobenzaprine|methocarbamol|baclofen|tizanidine|metaxalone|carisoprodol",
    ),
    "sulfonylurea": (r"sulfonylureas?", r"glipizide|glimepiride|glyburide"),
    "GLP-1 agonist": (r"glp-?1(?: (?:receptor )?agonists?)?", r"\w+glutide|exenatide"),
    "SGLT2 inhibitor": (r"sglt-?2(?: inhibitors?)?", r"\w+gliflozin"),
    "opioid": (r"opioids?", r"tramadol|tapentadol|morphine|\w*codone|\w*codeine|\w+morphone"),
}
_NUMBERS = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4}
_COUNT = r"(?:(?P<count>one|two|three|four|an?|\d)\b(?: \(\d\))?(?: [\w-]+){0,3}? )?"


@dataclass(frozen=True)
class Step:
    """A class of drugs, how many of it are asked for, and the words that name one of it."""

    name: str
    most: int
    members: re.Pattern[str]


def classes(reason: str) -> list[Step]:
    """List the classes a reason asks for; one drug of a class where no number stands there."""
    asked = fold(reason)
    found = []
    for name, (named, members) in _CLASSES.items():
        if match := re.search(rf"\b{_COUNT}(?:{named})\b", asked):
            count = match["count"] or "one"
            most = _NUMBERS.get(count) or int(count)
            found.append(Step(name, most, re.compile(rf"^(?:{members})$")))
    return found
