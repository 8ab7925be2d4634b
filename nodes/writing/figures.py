"""Numbers in words and shorthand, written as figures so that they can be compared."""

import re

from nodes.writing.either import either
from nodes.writing.units import UNIT

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_ONES += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
WORDS = {word: n for n, word in enumerate(_ONES.split())}
WORDS |= {ten: n * 10 for n, ten in enumerate(_TENS.split(), 2)}
_WORD = either((*WORDS, *_SCALES))
SPELLED = re.compile(
    rf"\b(?:{_WORD})\b(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_WORD})\b)*"
)
AFTER_ONE = re.compile(rf"[- ](?:{UNIT})\b| and a half\b|[- ](?:level|sided?|point)\b")
FREQUENCIES = (
    (r"(?:twice|two times|2 times|2x|x2) ?(?:a |per |/ ?|-)?(?:day|daily)\b", "2/d"),
    (r"(?:three times|3 times|3x|thrice) ?(?:a |per |/ ?|-)?(?:day|daily)\b", "3/d"),
    (r"(?:four times|4 times|4x) ?(?:a |per |/ ?|-)?(?:day|daily)\b", "4/d"),
    (r"(?:once|one time|1 time|1x) ?(?:a |per |/ ?|-)?(?:day|daily)\b|q\.?d\b|qday\b", "1/d"),
    (r"b\.?i\.?d\b\.?|q ?12 ?h(?:r|ours?)?\b|every (?:12|twelve) hours\b", "2/d"),
    (r"t\.?i\.?d\b\.?|q ?8 ?h(?:r|ours?)?\b|every (?:8|eight) hours\b", "3/d"),
    (r"q\.?i\.?d\b\.?|q ?6 ?h(?:r|ours?)?\b|every (?:6|six) hours\b", "4/d"),
    (r"(?:twice|two times|2 times|2x|2 x) ?(?:a |per |/ ?|-)?(?:week|weekly|wk)\b", "2/wk"),
    (r"(?:three times|3 times|3x|3 x) ?(?:a |per |/ ?|-)?(?:week|weekly|wk)\b", "3/wk"),
    (r"(?:once|one time|1 time|1x|1 x) ?(?:a |per |/ ?|-)?(?:week|weekly|wk)\b", "1/wk"),
    (r"(?:every|each) day\b|daily\b(?! living)", "1/d"),
    (r"(?:every|each) week\b|weekly\b", "1/wk"),
    (r"(?:every|each) month\b|monthly\b|once a month\b", "1/mo"),
    (r"twice\b", "2 times"),
    (r"thrice\b", "3 times"),
)
_FREQUENCY = re.compile(
    rf"\b(?:{'|'.join(f'(?P<f{n}>{pattern})' for n, (pattern, _) in enumerate(FREQUENCIES))})"
)
_OFTEN = ("dai", "day", "week", "wk", "month", "twice", "thrice", "id", "i.d", "q", "hour")
_ORDINAL = re.compile(rf"(?<!\d )(?<!\d-)\b(?:{'|'.join(_ORDINALS.split())})\b(?! (?:to|hand))")
_OUT_OF = re.compile(r"(?<=\d) (?:out of|over) (?=\d)")
_TIMES = re.compile(r"(?<![\w.])x ?(?=\d)")
_HALF_A = re.compile(r"\bhalf an? (?=(?:year|month|week|day|hour|dozen|tablet|pill)\b)")
_AND_HALF = re.compile(r"\ban? (year|month|week|day|hour) and a half\b")
DOSED = re.compile(r"[ -]?(?:m[cg]g?|milligrams?|micrograms?|units?|ml|tablets?|capsules?)\b")
_HALF = re.compile(r"(\d) (?:and a half|1/2)\b")
_ROMAN = re.compile(
    r"\b(?:(?P<head>grade|stage|type|class|phase|category|nyha|asa|nerve|factor|level) "
    r"(?P<some>[ivx]{1,5})"
    r"|(?P<bare>x{0,3}(?:i[xv]|v?i{2,3}|vi)|x{2,3})(?=\b)(?<!\biv))\b"
)
_ROMANS = {"i": 1, "v": 5, "x": 10}
_MAYBE_ROMAN = re.compile(r"\b[ivx]{1,7}\b")


def figured(text: str) -> str:
    """Write frequencies, number words, ordinals and Roman numerals of a folded text as figures."""
    if any(hint in text for hint in _OFTEN):
        text = _FREQUENCY.sub(lambda m: FREQUENCIES[int((m.lastgroup or "f0")[1:])][1], text)
    if "half" in text:
        text = _HALF_A.sub("0.5 ", _AND_HALF.sub(r"1.5 \1s", text))
    text = SPELLED.sub(_spelled, text)
    text = _ORDINAL.sub(lambda m: f"{_ORDINALS.split().index(m[0]) + 2}th", text)
    if _MAYBE_ROMAN.search(text):
        text = _ROMAN.sub(_roman, text)
    return _TIMES.sub("", _HALF.sub(r"\1.5", _OUT_OF.sub("/", text)))


def _spelled(match: re.Match[str]) -> str:
    words = re.split(r"[ -](?:and )?", match[0])
    if words == ["one"] and not AFTER_ONE.match(match.string, match.end()):
        return match[0]
    if _hundreds(words):
        if not DOSED.match(match.string, match.end()):
            return str(WORDS[words[0]] * 100 + sum(WORDS[word] for word in words[1:]))
        if words[0] == "one":
            return " ".join(["one", *map(str, _counted(words[1:]))])
    return " ".join(str(number) for number in _counted(words))


def _hundreds(words: list[str]) -> bool:
    """Say whether a number is spoken as one twenty eight for 128; one thirty mg may be two."""
    value = [WORDS.get(word, 0) for word in words]
    if len(value) not in {2, 3} or not 0 < value[0] < 10 or value[1] < 10:
        return False
    return len(value) == 2 or (value[1] >= 20 and 0 < value[2] < 10)


def _counted(words: list[str]) -> list[int]:
    """Add number words up; what does not go on from the words before begins a new number."""
    found: list[int] = []
    total = current = 0
    begun = False
    for word in words:
        scale = _SCALES.get(word)
        if scale:
            current = max(1, current) * scale
            if scale >= 1000:
                total, current = total + current, 0
        else:
            value = WORDS[word]
            if begun and not _goes_on(current, value):
                found.append(total + current)
                total = current = 0
            current += value
        begun = True
    return [*found, total + current]


def _goes_on(current: int, value: int) -> bool:
    room = 10 if value < 10 else 100
    return value > 0 and current % room == 0 and (value >= 10 or current % 100 != 10)


def _roman(match: re.Match[str]) -> str:
    letters = match["some"] or match["bare"]
    values = [_ROMANS[letter] for letter in letters]
    signs = [
        -value if following > value else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    ]
    return f"{match['head']} {sum(signs)}" if match["head"] else str(sum(signs))
