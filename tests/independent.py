"""What sentences say and their sources do not: found without the verifier, in another way.

The verifier reads sentences into claims and looks those up. This one goes word by word: each word
that could be looked up (a figure, a drug, a side, a name, a word that decides or refers) must be in
the words that the sentence may use, and so must the word beside it that gives it its meaning.
Nothing of ``nodes.writing`` is imported.
"""

import json
import re
import unicodedata
from calendar import month_name
from datetime import date
from functools import lru_cache

FIGURE = re.compile(r"\d")
TOKEN = re.compile(r"[^\W_]+(?:[.'\u2019/^-][^\W_]+)*%?|%")
_SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty hundred dozen half"
    " twice thrice"
)
_VALUES = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 30 40 50 60 100 12 0.5 2 3"
NUMBERS = dict(zip(_SPELLED.split(), _VALUES.split(), strict=True))
_UNITS = (
    "mg mcg ug g kg lb lbs ml cc l units unit iu meq mm cm inches % percent mmhg h hr hours hour"
    " min minutes day days d wk wks week weeks mo months month yr years year yrs visits visit"
    " sessions session injections injection tablets tablet capsules capsule puffs events times"
)
UNITS = frozenset(_UNITS.split())
ALIKE = {
    "weeks": "wk", "week": "wk", "wks": "wk", "days": "d", "day": "d", "months": "mo",
    "month": "mo", "years": "yr", "year": "yr", "yrs": "yr", "hours": "h", "hour": "h", "hr": "h",
    "mcg": "ug", "units": "unit", "iu": "unit", "percent": "%", "visits": "visit", "lbs": "lb",
    "sessions": "session", "injections": "injection", "tablets": "tablet", "minutes": "min",
    "capsules": "capsule",
}  # fmt: skip
_DRUGS = (
    "naproxen ibuprofen meloxicam celecoxib diclofenac etodolac ketorolac aspirin acetaminophen"
    " tramadol oxycodone hydrocodone morphine fentanyl tapentadol gabapentin pregabalin duloxetine"
    " amitriptyline nortriptyline cyclobenzaprine tizanidine methocarbamol baclofen prednisone"
    " methylprednisolone dexamethasone methotrexate sulfasalazine leflunomide hydroxychloroquine"
    " adalimumab etanercept infliximab rituximab secukinumab ustekinumab tocilizumab dupilumab"
    " insulin glargine lispro aspart metformin glipizide semaglutide liraglutide dulaglutide"
    " empagliflozin sitagliptin lisinopril losartan amlodipine metoprolol atorvastatin simvastatin"
    " omeprazole pantoprazole warfarin apixaban clopidogrel albuterol fluticasone montelukast"
    " sertraline fluoxetine bupropion venlafaxine topiramate propranolol sumatriptan erenumab"
    " lidocaine capsaicin tacrolimus pimecrolimus cyclosporine azathioprine levothyroxine"
    " carbamazepine valproate lamotrigine levetiracetam ozempic humira lyrica celebrex"
)
DRUGS = frozenset(_DRUGS.split())
DRUG_ENDS = ("mab", "tinib", "oxetine", "triptan", "gliptin", "gliflozin", "statin", "prazole")
SIDES = {"left": "left", "right": "right", "bilateral": "both", "bilaterally": "both"}
REFERS = re.compile(
    r"\bet al\b|\bN(?:EJM|ASS|ICE|CCN)\b|\bJAMA\b|\bLancet\b|\bCochrane\b|\bPMID\b|\bdoi\b|https?:"
    r"|\bwww\b|\bA(?:CR|AOS|HA|CP)\b|\bguidelines?\b|\bmeta-analysis\b|\brandomi[sz]ed\b"
    r"|\bstudies (?:show|have)\b|\bliterature\b|\bpublished\b|\bAppropriateness Criteria\b"
)
DECIDES = re.compile(
    r"\bmedically (?:necessary|indicated|justified)\b|\bmeets? (?:all|the|every)\b"
    r"|\b(?:is|be|was) (?:approved|authorized|certified|warranted|justified)\b|\bapprove this\b"
    r"|\bcriteria (?:are|is|were) (?:all )?(?:met|satisfied)\b|\bqualifies\b"
    r"|\bshould be approved\b",
    re.IGNORECASE,
)
NAMED = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms)\.? ((?:[A-Z][\w'-]+ ?)+)")
_DENY = "no not without denies denied never none negative absent nor neither cannot declined"
DENY = frozenset(_DENY.split())
_STEADY = (
    "the and with for was were has had have are that this from which into her his she their they"
    " patient record chart says also been did does who than then after before since until"
)
STEADY = frozenset(_STEADY.split())


def words_of(*models) -> str:
    """All values of models or plain data, one after the other."""
    told = [m if isinstance(m, str) else _leaves(_plain(m)) for m in models if m is not None]
    return " ; ".join(told)


def _plain(model):
    return model if isinstance(model, dict | list | tuple) else json.loads(model.model_dump_json())


def _leaves(value) -> str:
    if isinstance(value, dict):
        return " ; ".join(_leaves(item) for item in value.values())
    if isinstance(value, list | tuple):
        return " ; ".join(_leaves(item) for item in value)
    return "" if value is None else str(value)


class Words:
    """One text, in the forms in which its words may be used."""

    def __init__(self, text: str) -> None:
        self.plain = plain(text)
        self.low = self.plain.casefold()
        tokens = TOKEN.findall(self.low)
        self.bag = set(tokens) | {part for t in tokens for part in re.split(r"[/-]", t)}
        self.days = _days(self.low)
        self.figures = {_figure(t) for t in self.bag if FIGURE.search(t)}
        self.figures |= {NUMBERS[t] for t in self.bag if t in NUMBERS}
        self.measured = _measured(tokens)


words = lru_cache(2000)(Words)


class Source:
    """The words one sentence may use: those of its parts, and an age on a day they tell."""

    def __init__(self, *parts: str, quotes: str = "", birth: date | None = None) -> None:
        each = [words(part) for part in parts]
        self.plain = " ; ".join(one.plain for one in each)
        self.low = " ; ".join(one.low for one in each)
        self.bag = set().union(*(one.bag for one in each))
        self.days = set().union(*(one.days for one in each))
        self.figures = set().union(*(one.figures for one in each))
        self.measured = set().union(*(one.measured for one in each))
        self.quotes = plain(quotes).casefold()
        self.ages = {str(_age(birth, day)) for day in self.days} if birth else set()


def plain(text: str) -> str:
    shown = unicodedata.normalize("NFKC", text)
    shown = re.sub("[\u2010-\u2015\u2212]", "-", shown).replace("\u2044", "/")
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in shown)


def unsupported(text: str, source: Source, *, chart: bool = True) -> list[str]:
    """What a sentence says and its source does not, each with its kind."""
    wrong = [f"hidden {ord(c):x}" for c in text if unicodedata.category(c)[0] == "C"]
    shown = plain(text)
    low = shown.casefold()
    wrong += _figures(low, source)
    wrong += [f"drug {t}" for t in TOKEN.findall(low) if _drug(t) and t not in source.bag]
    wrong += [f"side {t}" for t in set(TOKEN.findall(low)) & set(SIDES) if not _side(t, source)]
    wrong += [f"reference {m[0]}" for m in REFERS.finditer(shown) if m[0] not in source.plain]
    wrong += [
        f"name {word}"
        for match in NAMED.finditer(shown)
        for word in match[1].split()
        if word.casefold() not in source.low
    ]
    if chart:
        wrong += [f"verdict {m[0]}" for m in DECIDES.finditer(shown)]
        wrong += _flips(low, source.quotes)
    return wrong


def _figures(low: str, source: Source) -> list[str]:
    wrong = []
    rest, days = _without_days(low)
    wrong += [f"date {d}" for d in days if d not in source.days]
    tokens = TOKEN.findall(rest)
    for place, token in enumerate(tokens):
        if token in NUMBERS and place + 1 < len(tokens) and tokens[place + 1] in UNITS:
            figure = NUMBERS[token]
        elif FIGURE.search(token):
            figure = _figure(token)
        else:
            continue
        known = source.figures | source.ages
        parts = re.split(r"[/-]", token)
        whole = "/" in token or not all(_figure(part) in known for part in parts)
        if figure not in known and whole:
            wrong.append(f"figure {token}")
        elif _unit_differs(figure, tokens[place + 1 : place + 2], source):
            wrong.append(f"unit {token} {tokens[place + 1]}")
    return wrong


def _unit_differs(figure: str, after: list[str], source: Source) -> bool:
    if not after or after[0] not in UNITS:
        return False
    unit = ALIKE.get(after[0], after[0])
    if figure in source.ages and unit == "yr":
        return False
    return (figure, unit) not in source.measured


def _measured(tokens: list[str]) -> set[tuple[str, str]]:
    found = set()
    for place, token in enumerate(tokens):
        figure = NUMBERS.get(token) or (_figure(token) if FIGURE.search(token) else None)
        if figure:
            for near in tokens[place + 1 : place + 4]:
                found.add((figure, ALIKE.get(near, near)))
                for part in re.split(r"[/-]", token):
                    found.add((_figure(part), ALIKE.get(near, near)))
        if glued := re.fullmatch(r"([\d.]+)([a-z%]+)", token):
            found.add((_figure(glued[1]), ALIKE.get(glued[2], glued[2])))
    return found


def _figure(token: str) -> str:
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th|%|x)$", "", token.strip(".,"))
    if re.fullmatch(r"\d*\.?\d+", bare):
        return bare.rstrip("0").rstrip(".") if "." in bare else bare.lstrip("0") or "0"
    return bare


def _without_days(low: str) -> tuple[str, list[date]]:
    found = []

    def take(match: re.Match[str]) -> str:
        day = _day(match.groupdict())
        if day:
            found.append(day)
        return " ; " if day else match[0]

    for pattern in _WRITTEN:
        low = pattern.sub(take, low)
    return low, found


def _days(low: str) -> set[date]:
    return set(_without_days(low)[1])


_MONTHS = "|".join([m.lower() for m in month_name[1:]] + [m.lower()[:3] for m in month_name[1:]])
_WRITTEN = [
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
        r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?!\d)",
        rf"\b(?P<m>{_MONTHS})\.? (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})\b",
        rf"\b(?P<d>\d{{1,2}}) (?P<m>{_MONTHS})\.? (?P<y>\d{{4}})\b",
    )
]


def _day(told: dict[str, str]) -> date | None:
    month = told["m"]
    names = [m.lower()[:3] for m in month_name[1:]]
    number = int(month) if month.isdigit() else names.index(month[:3]) + 1
    try:
        return date(int(told["y"]), number, int(told["d"]))
    except ValueError:
        return None


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _drug(token: str) -> bool:
    return token in DRUGS or (len(token) > 6 and token.endswith(DRUG_ENDS))


def _side(token: str, source: Source) -> bool:
    sides = {SIDES[t] for t in source.bag if t in SIDES}
    if {"rt", "r"} & source.bag:
        sides.add("right")
    if {"lt", "l"} & source.bag:
        sides.add("left")
    if "both" in source.bag or {"left", "right"} <= sides:
        sides.add("both")
    return SIDES[token] in sides


def _flips(low: str, quotes: str) -> list[str]:
    """Words that are denied everywhere in one text and nowhere in the other."""
    said, cited = _denied(low), _denied(quotes)
    shared = [w for w in said if w in cited and len(w) > 4 and w not in STEADY]
    return [
        f"negation {w}" for w in shared if len(said[w] | cited[w]) == 2 and _sure(said, cited, w)
    ]


def _sure(said: dict[str, set[bool]], cited: dict[str, set[bool]], word: str) -> bool:
    return len(said[word]) == 1 and len(cited[word]) == 1


def _denied(text: str) -> dict[str, set[bool]]:
    found: dict[str, set[bool]] = {}
    for clause in re.split(r"[.;:!?\"](?!\d)|\bbut\b|\bhowever\b", text):
        words = re.findall(r"[a-z']+", clause)
        for place, word in enumerate(words):
            near = words[max(0, place - 5) : place]
            found.setdefault(word, set()).add(bool(DENY & set(near)))
    return found
