"""Which part of the body a statement is about, as the words nearest to it name one."""

import re
from collections.abc import Collection
from typing import Literal

Part = Literal[
    "back", "spine", "neck", "trunk", "shoulder", "elbow", "hand", "hip", "knee", "foot", "leg",
    "jaw", "heart", "lung", "sleep", "germ",
]  # fmt: skip
_WORDS: dict[Part, str] = {
    "back": r"back|lumb\w+|lbp|sacr\w+|sciatic\w*|l[1-5](?:[-/](?:l?[1-5]|s1))?|s1",
    "spine": r"spin(?:e|al)|vertebra\w*|dis[ck]s?|epidural|psoas|paraspinal",
    "neck": r"cervical|neck|c-?spine|c[2-7](?:[-/]c?[3-7])?",
    "trunk": r"thoracic(?! (?:spine|vertebra\w*|cord|dis[ck]))|chest wall|ribs?|stern(?:um|al)"
    r"|pelvi[cs]|clavic\w+",
    "shoulder": r"shoulders?|rotator cuff|deltoids?|gleno-?humeral|humer\w+|scapul\w+",
    "elbow": r"elbows?|olecran\w+|forearms?|biceps|triceps|arms?|upper (?:extremit\w+|limbs?)",
    "hand": r"wrists?|(?<!other )hands?|fingers?|thumbs?|scaphoid|carpal|cmc|metacarp\w+|grip",
    "hip": r"hips?|acetabul\w+|femoral (?:head|neck)|troch\w+|th[ar]\b(?!\w)",
    "knee": r"knees?|patell\w+|menisc\w+|acl|pcl|mcl|lcl|gonarthr\w+|tibio-?femoral|tk[ar]",
    "foot": r"ankles?|(?:foot|feet)(?! drop)|heels?|(?:great )?toes?|metatars\w+|calcane\w+"
    r"|plantar fasci\w+|talus",
    "leg": r"tibias?|tibial|fibul\w+|shins?|legs?",
    "jaw": r"jaw|mandib\w+|maxill\w+|tmj|tooth|teeth|dental|skull|mastoid",
    "heart": r"cad|coronary|cardiac|heart|ischa?emi\w+",
    "lung": r"(?-i:PE|DVT|VTE)|pulmonary embol\w+|lung|pneumonia|thromboembol\w+",
    "sleep": r"sleep|osa|apno?ea|hsa?t|psg",
    "germ": r"covid(?:-?19)?|sars-?cov-?2|flu|influenza|strep|rsv|pregnancy|hiv|tuberculosis",
}
_NAMED = re.compile(
    r"\b(?:" + "|".join(f"(?P<{part}>{words})" for part, words in _WORDS.items()) + r")\b",
    re.IGNORECASE,
)
_NEAR = re.compile(r"^[^,;:.]{0,40}$|^,? ?(?:the )?(?:left|right|lt|rt|bilateral|l|r)? ?$", re.I)
_JOINED = re.compile(
    r"^ ?(?:,|/|&|and|or|as well as)(?:,? ?(?:and|or))? ?(?:(?:the|left|right|both) )?$", re.I
)


def of_another_part(text: str, start: int, end: int, home: Collection[str]) -> bool | None:
    """Whether the words of a statement stand with a part that is none of its home; None: no part.

    A part within the words is the concept's own; else the one named last before them counts, else
    one just after; one that is joined to a part of the home is no other.
    """
    spots = list(_NAMED.finditer(text))
    if any(start <= one.start() < end for one in spots):
        return False
    ahead = [place for place, one in enumerate(spots) if one.start() < start]
    if ahead:
        return _strange(text, spots, ahead[-1], home)
    after = next((place for place, one in enumerate(spots) if one.start() >= end), None)
    if after is None or not _NEAR.search(text[end : spots[after].start()]):
        return None
    return _strange(text, spots, after, home)


def _strange(text: str, spots: list[re.Match[str]], place: int, home: Collection[str]) -> bool:
    """Whether a part is none of the home, nor joined to one that is."""
    if spots[place].lastgroup in home:
        return False
    return not any(
        _JOINED.search(text[one.end() : other.start()])
        and (one.lastgroup in home or other.lastgroup in home)
        for one, other in zip(spots[max(0, place - 1) :], spots[place : place + 2], strict=False)
    )
