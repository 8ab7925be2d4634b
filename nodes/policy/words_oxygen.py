"""Words for oxygen values: a number counts only with its condition, said of that very number.

"87 % at rest on room air", "walking on 2 L/min: 91 %". Between the number and its condition no
other condition and no other number may stand; where one does, nothing is read.
"""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_SATURATION = (
    r"\b(?:sp\s*o2|sao2|o2\s*sat(?:uration)?s?|oxygen sat(?:uration)?s?|sat(?:uration)?s?"
    r"|pulse ox(?:imetry)?|oximetry)\b"
)
_ROOM_AIR = (
    r"\b(?:room air|(?-i:RA)\b|ambient air|21\s*% (?:fio2|oxygen)|(?:without|off)"
    r" (?:supplemental |any |extra )?(?:oxygen|o2))\b"
)
_OXYGEN = (
    r"\b(?:(?:on|with|at|to) )?(?:\d(?:\.\d)?\s*(?:l\b(?:/min|pm)?|lpm|lit(?:er|re)s?)"
    r"|(?:on|with) (?:supplemental |portable )?(?:oxygen|o2)\b|nasal cannula)"
)
_REST = r"\b(?:at rest|rest(?:ing)?|seated|sitting)\b"
_WALK = (
    r"\b(?:walk\w*|ambulat\w*|exert\w*|exercis\w*|treadmill|6\s*mwt|six[- ]minute|with activity"
    r"|on stairs)\b"
)
_SLEEP = r"\b(?:(?-i:ONO)\b|asleep|sleep\w*|nocturnal\w*|overnight|at night|during the night)\b"
_BETTER = r"\b(?:improv|increas|recover|correct|r[io]se|came up)\w*"
_FIGURE = r"(?<![\d./\-])(100|[5-9]\d)(?:\.\d)?"
_PERCENT = rf"(?:{_FIGURE}\s*(?:%|percent)|{_SATURATION}[^.;%\d]{{0,15}}?{_FIGURE}(?![\d/%\-]))"


def _said(condition: str, air: str, *others: str) -> str:
    """A percentage with condition and air around it, in any order, and nothing else between."""
    other = "|".join((*others, _BETTER))
    gap, near = rf"(?:(?!{other})[^.;%])", rf"(?:(?!{other})[^.;%\d])"
    alone = r"(?![^.;,%\d]{0,14}\d\d\s*%)"
    ways = "|".join(
        (
            rf"{condition}{gap}{{0,60}}?{air}{near}{{0,30}}?{_PERCENT}",
            rf"{air}{gap}{{0,60}}?{condition}{near}{{0,30}}?{_PERCENT}",
            rf"{condition}{near}{{0,30}}?{_PERCENT}{near}{{0,25}}?{air}",
            rf"{air}{near}{{0,30}}?{_PERCENT}{near}{{0,25}}?{condition}{alone}",
            rf"{_PERCENT}{near}{{0,25}}?{condition}{near}{{0,25}}?{air}{alone}",
            rf"{_PERCENT}{near}{{0,25}}?{air}{near}{{0,25}}?{condition}{alone}",
        )
    )
    return rf"\b(?:{ways})"


def _both(condition: str, air: str, *others: str) -> str:
    """Condition and air in one breath, in any order; no other number in between.

    Of a recorded value the unit may stand between: "at rest: 87 %; room air".
    """
    other = "|".join(others)
    gap, near = rf"(?:(?!{other})(?:[^.%]|%(?=;)))", rf"(?:(?!{other})[^.;,%\d])"
    number = rf"{near}{{0,30}}?\d\d\s*%{near}{{0,30}}?"
    ways = "|".join(
        rf"{one}{between}{two}"
        for between in (rf"{gap}{{0,90}}?", number)
        for one, two in ((condition, air), (air, condition))
    )
    return rf"\b(?:{ways})"


def _minutes(limit: str) -> str:
    """How long the saturation was at or below a limit, as a report of the night says it."""
    below = r"(?:<=?|\u2264|\b(?:at or )?(?:below|under)|\bless than(?: or equal to)?|\bof|\bat)"
    long = r"[^.;\d]{0,25}?(\d{1,3})(?:\.\d)?\s*min"
    ahead = r"(?<![\d.:/])(\d{1,3})(?:\.\d)?\s*min(?:ute)?s?\b[^.;\d]{0,25}?"
    return (
        rf"{below}\s*{limit}\s*%(?: or (?:less|lower|below))?(?: for|[ :=,]|was|is){long}"
        rf"|{ahead}{below}\s*{limit}\s*%"
    )


_TENSION = (
    r"\b(?:pao2|pa o2|arterial po2|po2|arterial oxygen (?:tension|pressure))\b[^.;\d]{0,40}?"
    r"(?<![\d.])(\d{2,3})(?:\.\d)?(?![\d/.%])"
)

_DONE = (
    r"(?: (?:was|were|is|been|done|performed|conducted|obtained|provided|carried|out|at|home|all"
    r"|overnight|on|\d{1,2}/\d{1,2}(?:/\d{2,4})?))*"
)
_SUPPLIER = (
    r"(?: (?:the|her|his|our|an?|dme|oxygen|equipment|home|medical|durable|same|device))*"
    r" (?:supplier|vendor|(?-i:DME)|oxygen company)\b"
)

OXYGEN: dict[str, Words] = {
    "oxygen_test_by_supplier": _c(
        "an oxygen test by the supplier",
        rf"\b(?:test\w*|oximetry|walk|study|saturations?){_DONE} by{_SUPPLIER}"
        r"|\b(?:supplier|oxygen company|(?-i:DME)(?: company)?) (?:performed|did|conducted)"
        r" (?:\w+ ){0,3}?(?:test\w*|oximetry|study)",
        rf"\bnot (?:done |performed |tested |conducted )?by{_SUPPLIER}",
    ),
    "sleep_test_by_supplier": _c(
        "a sleep test by the supplier",
        rf"\b(?:test\w*|study|(?-i:HSA?T)){_DONE} by{_SUPPLIER}"
        r"|\b(?:supplier|(?-i:DME)(?: company)?) (?:performed|did|conducted) (?:\w+ ){0,4}?"
        r"(?:test\w*|study)",
        rf"\bnot (?:done |performed |tested |conducted )?by{_SUPPLIER}",
    ),
    "rest_room_air": _c("at rest on room air", _both(_REST, _ROOM_AIR, _WALK, _SLEEP, _OXYGEN)),
    "exercise_room_air": _c(
        "on exertion, on room air", _both(_WALK, _ROOM_AIR, _REST, _SLEEP, _OXYGEN)
    ),
    "sleep_room_air": _c("asleep on room air", _both(_SLEEP, _ROOM_AIR, _REST, _WALK, _OXYGEN)),
    "exercise_on_oxygen": _c(
        "on exertion, on oxygen",
        _both(_WALK, _OXYGEN, _REST, _SLEEP, _ROOM_AIR) + rf"|{_BETTER}[^.;]{{0,30}}?{_OXYGEN}",
        _ROOM_AIR,
    ),
    "room_air": _c("on room air", _ROOM_AIR),
    "saturation_at_rest": _c(
        "oxygen saturation at rest on room air", _said(_REST, _ROOM_AIR, _WALK, _SLEEP, _OXYGEN)
    ),
    "saturation_on_exertion": _c(
        "oxygen saturation on exertion, on room air",
        _said(_WALK, _ROOM_AIR, _REST, _SLEEP, _OXYGEN),
    ),
    "saturation_on_exertion_with_oxygen": _c(
        "oxygen saturation on exertion, on oxygen",
        _said(_WALK, _OXYGEN, _REST, _SLEEP, _ROOM_AIR)
        + rf"|\b(?:improv\w+|increas\w+|r[io]se\w*|recover\w+|correct\w+|came up) (?:back )?to"
        rf" {_PERCENT}[^.;%\d]{{0,25}}?{_OXYGEN}",
    ),
    "minutes_at_88_asleep": _c("minutes asleep at 88 % or less", _minutes("88")),
    "minutes_at_89_asleep": _c("minutes asleep at 89 % or less", _minutes("8[89]")),
    "arterial_oxygen_tension": _c("arterial oxygen tension", _TENSION),
}
