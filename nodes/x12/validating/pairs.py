"""The standard's notes on elements that need or exclude each other, told at the element concerned.

pyx12 tells a broken note at its first element, whichever is missing.
"""

from collections.abc import Iterator, Sequence

MISSING, EXCLUSIVE = "2", "10"
Note = Sequence[str | int]


def unpaired(notes: Sequence[Note], present: frozenset[int]) -> Iterator[tuple[int, str]]:
    """Elements that break a note, from 1, with their codes of a 999; each element once.

    A note is its letter and its elements: P all or none, R one at least, E one at most, C the
    first needs all others, L the first needs one of the others.
    """
    told: set[int] = set()
    for letter, *numbers in notes:
        elements = [int(number) for number in numbers]
        code = EXCLUSIVE if letter == "E" else MISSING
        for element in _breaking(str(letter), elements, present):
            if element not in told:
                told.add(element)
                yield element, code


def _breaking(letter: str, elements: list[int], present: frozenset[int]) -> list[int]:
    there = [one for one in elements if one in present]
    absent = [one for one in elements if one not in present]
    needs = elements[0] in present
    if letter == "P" and there:
        return absent
    if letter == "C" and needs:
        return absent
    if letter == "R" and not there:
        return absent[:1]
    if letter == "L" and needs and len(there) == 1:
        return absent[:1]
    return there[1:] if letter == "E" else []
