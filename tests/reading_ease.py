"""How hard a text is to read: Flesch and Flesch-Kincaid for English, two measures for Spanish.

Flesch 1948 and Kincaid 1975; Fernandez-Huerta 1959 and Szigriszt-Pazos 1993 (INFLESZ). A number
in digits counts as one word of its spoken syllables, two at least.
"""

import re

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
STOP = re.compile(r"[.!?:]+(?:\s|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def sentences(text: str) -> int:
    return max(1, sum(bool(words(part)) for part in STOP.split(text)))


def english_syllables(word: str) -> int:
    if any(c.isdigit() for c in word):
        return max(2, len(word))
    count = len(VOWELS.findall(word))
    if re.search(r"[^aeiouyl]e$|[^aeiouy]es$|[^td]ed$", word) and not re.search(
        r"(?:[sxz]|ch|sh|[cg])es$", word
    ):
        count -= 1
    count += len(re.findall(r"(?<![tcsgl])i(?:a|o|um)|eing|ying|ua", word))
    return max(1, count)


def spanish_syllables(word: str) -> int:
    if any(c.isdigit() for c in word):
        return max(2, len(word))
    word = re.sub(r"qu|gu(?=[eiéí])", "g", word)
    nuclei = re.findall(r"[aeoáéó]|[íú]|[iuüy](?![aeoáéóíúiu])", word)
    falling = re.findall(r"(?<=[aeoáéó])[iuy](?![aeoáéóíú])", word)
    return max(1, len(nuclei) - len(falling))


def _counts(text: str, syllables) -> tuple[float, float]:
    found = words(text)
    return len(found) / sentences(text), sum(map(syllables, found)) / len(found)


def flesch(text: str) -> float:
    length, weight = _counts(text, english_syllables)
    return 206.835 - 1.015 * length - 84.6 * weight


def flesch_kincaid(text: str) -> float:
    length, weight = _counts(text, english_syllables)
    return 0.39 * length + 11.8 * weight - 15.59


def fernandez_huerta(text: str) -> float:
    length, weight = _counts(text, spanish_syllables)
    return 206.84 - 60 * weight - 1.02 * length


def szigriszt(text: str) -> float:
    length, weight = _counts(text, spanish_syllables)
    return 206.835 - 62.3 * weight - length
