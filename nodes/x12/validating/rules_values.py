"""Values that a map lets pass and that its receiver will not know: states, places, entities.

Sources: the US Postal Service for states and postal codes, CMS for places of service, public
grammars (BSD) for the entities of X212. What an owner may extend at any time is only a warning.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, dictionary, positions
from nodes.x12.loops import Placed
from nodes.x12.validating.rules_general import At, Spot

_ENTITIES = """
03 13 17 1E 1G 1H 1I 1O 1P 1Q 1R 1S 1T 1U 1V 1W 1X 1Y 1Z 28 2A 2B 2D 2E 2I 2K 2P 2Q 2S 2Z 30 36 3A
3C 3D 3E 3F 3G 3H 3I 3J 3K 3L 3M 3N 3O 3P 3Q 3R 3S 3T 3U 3V 3W 3X 3Y 3Z 40 41 43 44 4A 4B 4C 4D 4E
4F 4G 4H 4I 4J 4L 4M 4N 4O 4P 4Q 4R 4S 4U 4V 4W 4X 4Y 4Z 5A 5B 5C 5D 5E 5F 5G 5H 5I 5J 5K 5L 5M 5N
5O 5P 5Q 5R 5S 5T 5U 5V 5W 5X 5Y 5Z 61 6A 6B 6C 6D 6E 6F 6G 6H 6I 6J 6K 6L 6M 6N 6O 6P 6Q 6R 6S 6U
6V 6W 6X 6Y 71 72 73 74 77 7C 80 82 84 85 87 95 AY CK CZ D2 DD DJ DK DN DO DQ E1 E2 E7 E9 FA FD FE
G0 G3 GB GD GI GJ GK GM GY HF HH I3 IJ IL IN LI LR MR MSC OB OD OX P0 P2 P3 P4 P6 P7 PR PRP PT PV
PW QA QB QC QD QE QH QK QL QN QO QS QV QY RC RW S4 SEP SJ SU T4 TL TQ TT TTP TU UH X3 X4 X5 ZZ
"""
ENTITIES = frozenset(_ENTITIES.split())
_STATES = """
AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO MP
MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UM UT VA VI VT WA WI WV WY
"""
STATES = frozenset(_STATES.split())
_PLACES = """
01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42
49 50 51 52 53 54 55 56 57 58 60 61 62 65 66 71 72 81 99
"""
PLACES = frozenset(_PLACES.split())
POSTAL = re.compile(r"[0-9]{5}(?:[0-9]{4})?")
STATUS = re.compile(r"[0-9]{1,4}")
AMOUNTS = frozenset(("380", "782"))
HOME = frozenset(("", "US", "USA"))


def rules(guide: Guide, placed: Sequence[Placed]) -> Iterator[Finding]:
    """Look at the values of every segment; places are those of the set."""
    start = placed[0].segment.place
    for segment, loop, _ in placed:
        at = At(segment, loop, segment.place - start + 1)
        yield from negative(at)
        for rule in RULES.get(segment.id, ()):
            yield from rule(at, guide)


def address(at: At, guide: Guide) -> Iterator[Finding]:
    """A state and a postal code of the United States."""
    where = positions("N4")
    state, postal = at.get(where["state"]), at.get(where["postal_code"])
    if at.get(where["country"]) not in HOME:
        return
    if state and state not in STATES:
        words = "this is no state or territory of the United States: is a country missing?"
        yield at.say("state", words, where["state"], "warning", "7")
    if postal and not POSTAL.fullmatch(postal):
        words = "a postal code of the United States has five or nine digits, without a hyphen"
        yield at.say("postal-code", words, where["postal_code"], "warning", "7")


def place(at: At, guide: Guide) -> Iterator[Finding]:
    """A place of service as CMS lists them; other qualifiers name a type of bill."""
    where = positions("UM")
    code = at.get(where["place.code"])
    if code and at.get(where["place.qualifier"]) == "B" and code not in PLACES:
        words = "CMS has no place of service of this code"
        yield at.say("place-of-service", words, where["place.code"], "warning", "7")


def status(at: At, guide: Guide) -> Iterator[Finding]:
    """A status has the form of its code list, and X212 an entity of its own."""
    where = positions("STC")
    for name in ("status", "status2", "status3"):
        code, listed = at.get(where[f"{name}.status"]), at.get(where[f"{name}.code_list"])
        if code and not listed and guide.guide != ASKS and not STATUS.fullmatch(code):
            words = "a claim status is a number of one to four digits"
            yield at.say("status", words, where[f"{name}.status"], "warning", "7")
        entity = at.get(where[f"{name}.entity"])
        if entity and guide.guide == ANSWERS and entity not in ENTITIES:
            words = "the guide has no entity of this code"
            yield at.say("entity", words, where[f"{name}.entity"], code="7")


def report(at: At, guide: Guide) -> Iterator[Finding]:
    """A kind of report as the requests for it have them."""
    spot = positions("CAT")["report"]
    if at.get(spot) and at.get(spot) not in _reports():
        yield at.say("report", "this kind of report is not known here", spot, "warning", "7")


def negative(at: At) -> Iterator[Finding]:
    """Nothing is asked for, or answered, in less than nothing."""
    for spot in _amounts(at.segment.id):
        if at.get(spot).startswith("-"):
            words = "a quantity or an amount below zero makes no sense here"
            yield at.say("negative", words, spot, "warning", "7")


@cache
def _amounts(segment: str) -> tuple[Spot, ...]:
    """Where a segment of ours has quantities and amounts; composites have none."""
    known = dictionary().segments.get(segment)
    kinds = enumerate(known.elements if known else (), start=1)
    return tuple((number, None) for number, (_, kind) in kinds if kind in AMOUNTS)


@cache
def _reports() -> frozenset[str]:
    return frozenset((*dictionary().lists["report"], "AE"))


ASKS, ANSWERS = "005010X213", "005010X212"
RULES = {"N4": (address,), "UM": (place,), "STC": (status,), "CAT": (report,)}
