"""Units of measure, one spelling each."""

from nodes.writing.either import either

_SPELLINGS = {
    "%": "% percent pct",
    "mg": "mg milligram milligrams",
    "ug": "mcg ug μg microgram micrograms",
    "g": "g gram grams",
    "kg": "kg kilogram kilograms",
    "lb": "lb lbs pound pounds [lb_av]",
    "cm": "cm centimeter centimeters",
    "mm": "mm millimeter millimeters",
    "in": "inch inches [in_i]",
    "ft": "ft feet",
    "ml": "ml milliliter milliliters cc",
    "l": "l liter liters",
    "unit": "unit units iu u [iu]",
    "meq": "meq",
    "mg/dl": "mg/dl",
    "g/dl": "g/dl",
    "mmol/l": "mmol/l",
    "mmol/mol": "mmol/mol",
    "ng/ml": "ng/ml",
    "pg/ml": "pg/ml",
    "mg/kg": "mg/kg",
    "mg/d": "mg/d mg/day",
    "unit/d": "units/day u/day unit/d",
    "mmhg": "mmhg mm[hg]",
    "kg/m2": "kg/m2",
    "bpm": "bpm beats/min /min",
    "l/min": "l/min lpm",
    "f": "\u00b0f fahrenheit degf [degf]",
    "c": "\u00b0c celsius degc cel",
    "/h": "/h /hr /hour 1/h h-1 {events}/h events/h events/hr events/hour",
    "/d": "/d /day",
    "/wk": "/wk /week",
    "/mo": "/mo /month",
    "h": "h hr hrs hour hours",
    "min": "min mins minute minutes",
    "s": "sec secs second seconds",
    "d": "d day days",
    "wk": "wk wks week weeks",
    "mo": "mo mos month months",
    "a": "a yr yrs year years yo y/o",
    "visit": "visit visits",
    "session": "session sessions",
    "time": "time times {times}",
    "tablet": "tablet tablets tab tabs {tbl}",
    "capsule": "capsule capsules cap caps",
    "event": "event events {events}",
    "episode": "episode episodes",
    "injection": "injection injections",
    "dose": "dose doses",
    "puff": "puff puffs",
    "pack-year": "pack-year pack-years",
}
_PHRASES = {
    "/h": ("events per hour", "per hour", "times per hour"),
    "/d": ("times per day", "times a day", "times daily", "per day", "x/day"),
    "/wk": ("times per week", "times a week", "times weekly", "per week", "x/week", "x/wk"),
    "/mo": ("per month", "times per month", "times a month"),
}
CANONICAL = {spelling: unit for unit, all_of in _SPELLINGS.items() for spelling in all_of.split()}
CANONICAL |= {phrase: unit for unit, phrases in _PHRASES.items() for phrase in phrases}
UNIT = either(spelling for spelling in CANONICAL if spelling not in {"a", "u"})


def canonical_unit(unit: str | None) -> str | None:
    """Give a unit's one spelling; a unit not known here stays as it is, folded."""
    if not unit:
        return None
    return CANONICAL.get(unit) or CANONICAL.get(unit.lower(), unit.lower())
