"""Words for mobility in the home: what is impaired, and why each lesser aid does not do."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_ACTIVITY = (
    r"\b(?:toilet\w*|bathroom|commode|bath(?:e|es|ing)?|shower\w*|(?<!wound\s)dress(?:ing|ed)?"
    r"(?! (?:the |his |her |a )?(?:wounds?|ulcers?|changes?|incision))|feed(?:ing)?"
    r"(?! (?:the |his |her |a )?(?:dogs?|cats?|pets?|animals?|birds?|horses?|tube))"
    r"|eat(?:ing)?|meals?|groom\w*|kitchen|hygiene|m?r?adls?)\b"
)
_FAILS = (
    r"(?:\b(?:cannot|can not|can't|unable to|not able to|fails? to|needs? (?:\w+ ){0,2}?(?:help"
    r"|assist\w*)|requires? (?:\w+ ){0,2}?(?:assist\w*|help)|depend(?:s|ent)|is carried|carried"
    r"|falls?\b|fell\b|unsafe|not safe\w*|accidents?|not (?:\w+ ){0,3}?in (?:a reasonable )?time"
    r"|twice the time|takes? (?:\w+ )?\d+ min\w*|prevent\w* from"
    r"|(?<!not\s)(?:impair(?:s|ed|ing)|prevents?|prevented|precludes?))\b)"
)
_SHORT = (
    r"(?:\b(?:not (?:be )?(?:safe\w*|sufficient|enough|adequate|stable|able|appropriate|feasible"
    r"|an option)|unsafe|insufficient|inadequate|(?:cannot|can't|unable)(?! (?:to )?(?:find|afford"
    r"|fit|locate|buy|get|remember|obtain|lift|transport|pay|(?:be )?used outdoors))"
    r"|(?:does|do|will|would|did|could) not (?:\w+ )?(?:help|meet|resolve|provide|suffice"
    r"|support)|falls?|fell|failed|fails|no longer|gives? way|buckles?"
    r"|ruled out|would not|too unsteady|only \d+ (?:m|ft|feet|meters?|yards|steps)\b|collapses?)\b)"
)
_WITHOUT = r"(?:\b(?:does not|cannot|can't|unable to|no longer|not able to|unsafe) (?:\w+ ){0,4}?)?"


_ON = r"(?:(?!\b(?:without|denies|never|no(?! longer))\b)[^.;])"


def _ruled_out(aid: str, enough: str) -> tuple[str, str]:
    """Why an aid does not do, and the words that say that it does."""
    said = (
        rf"\b(?:no|neither|nor)(?: an?)?(?: type of"
        rf"| kind of)? {aid}(?: (?:n?or)(?: an?)?(?: \w+)? \w+)?"
        rf" (?:is|are|would|will|can)(?: be)? (?:\w+ )?{_ENOUGH}"
        rf"|\bneither an? (?:\w+ )?\w+ nor an? {aid} (?:is|are|would|will"
        rf"|can)(?: be)? (?:\w+ )?{_ENOUGH}"
        rf"|\b(?:{_WITHOUT}\b{aid}\b{_ON}{{0,70}}?{_SHORT}|{_SHORT}[^.;]{{0,45}}?\b{aid}\b)"
    )
    return said, enough


_ENOUGH = r"(?:sufficient|adequate|enough|safe|appropriate|suffices?|help|meet)\b"
_NOT_NO = r"(?<!no\s)(?<!nor\s)(?<!or\s)(?<!nor\sa\s)(?<!or\sa\s)(?<!neither\s)(?<!neither\sa\s)"
_CANE = r"(?:quad |single[- ]point |straight )?canes?"
_WALKER = r"(?:walker|rollator|walking frame)s?"
_CHAIR = (
    r"(?:(?:optimally[- ]configured |lightweight |ultralight )*manual (?:(?:wheel)?chair|w/c)"
    r"|lightweight (?:wheel)?chair)"
)
_SCOOTER = r"(?:scooter|(?-i:POV)|power[- ]operated vehicle|tiller)"

CHAIR: dict[str, Words] = {
    "home_activity_impaired": _c(
        "a daily activity in the home that is impaired",
        rf"\b(?:{_ACTIVITY}{_ON}{{0,60}}?{_FAILS}|{_FAILS}[^.;]{{0,50}}?{_ACTIVITY})",
        r"\b(?<!not\s)independent (?:with|in|for) (?:all |her |his )*(?:m?r?adls?|activities of"
        r" daily living|toileting|self-?care)|\b(?:m?r?adls?|activities of daily living)[ :]+"
        r"independent|\bperforms all (?:\w+ )?(?:m?r?adls?|activities of daily living)",
        composite=True,
    ),
    "cane_ruled_out": _c(
        "a cane that does not do",
        *_ruled_out(
            _CANE,
            rf"\b(?:safe\w*|steady|well|independent\w*) (?:\w+ ){{0,3}}?with (?:a |her |his )?"
            rf"{_CANE}|{_NOT_NO}(?<!quad\s)(?<!point\s)(?<!straight\s)\b{_CANE} (?:is "
            rf"|would be )?(?:sufficient|adequate|enough)",
        ),
    ),
    "walker_ruled_out": _c(
        "a walker that does not do",
        *_ruled_out(
            _WALKER,
            rf"\b(?:safe\w*|steady|well|independent\w*) (?:\w+ ){{0,3}}?with (?:a |her |his )?"
            rf"(?:\w+ )?{_WALKER}|{_NOT_NO}\b{_WALKER} (?:is |would be )?(?:sufficient|adequate"
            rf"|enough)",
        ),
    ),
    "manual_chair_ruled_out": _c(
        "a manual wheelchair that cannot be propelled",
        rf"\b(?:(?:cannot|can't|unable to|not able to|could not) (?:\w+ )?(?:self[- ])?propel"
        rf"|{_WITHOUT}\b{_CHAIR}\b{_ON}{{0,70}}?{_SHORT}|{_SHORT}[^.;]{{0,45}}?\b{_CHAIR}\b)",
        r"(?<!cannot\s)(?<!to\s)\bpropels (?:\w+ ){0,4}?(?:independently|well|without difficulty)"
        rf"|(?<!not\s)(?<!un)\bable to (?:self[- ])?propel|\b{_CHAIR} (?:is |would be )?"
        r"(?:sufficient|adequate|enough)",
    ),
    "scooter_ruled_out": _c(
        "a scooter that does not do",
        rf"\b(?:{_WITHOUT}\b{_SCOOTER}\b{_ON}{{0,90}}?{_SHORT}"
        rf"|{_SHORT}[^.;]{{0,60}}?\b{_SCOOTER}\b"
        r"|\btoo (?:narrow|small|tight)\b[^.;]{0,20}?\bscooter"
        r"|turning radius\b[^.;]{0,40}?\b(?:too|exceeds|larger)\b)",
        rf"\b{_SCOOTER} (?:is |would be |would )?(?:sufficient|suffice|adequate|enough|appropriate)"
        rf"|(?<!not\s)(?<!un)\bable to (?:safely )?operate (?:a |the )?{_SCOOTER}",
    ),
    "operates_power_chair": _c(
        "the ability to operate a power wheelchair safely",
        r"\b(?<!whether\s)(?<!if\s)(?<!whether\she\s)(?<!whether\sshe\s)(?:can|able to"
        r"|capable of|demonstrated|demonstrates|showed|shows) (?:\w+ ){0,4}?"
        r"(?:operat\w+|driv\w+|manoeuv\w+|maneuver\w*|control\w*|use) (?:\w+ ){0,4}?(?:joystick"
        r"|power (?:wheel)?chair|power mobility|(?-i:PWC|PMD))"
        r"|\b(?:trial|test drive) of a power (?:wheel)?chair[^.;]{0,60}?\bsafe"
        r"|\b(?:trial(?:l?ed)?|tried|test[- ]?drove) (?:\w+ ){0,3}?(?:power (?:wheel)?chair"
        r"|(?-i:PWC|PMD))"
        r"(?:(?!\bnot\b|\bun)[^.;]){0,40}?\bsafely"
        r"|\b(?:drove|drives|operated|operates) (?:\w+ ){0,3}?(?:power (?:wheel)?chair|joystick)"
        r"[^.;]{0,25}?\bsafely"
        r"|\bsafe(?:ly)? (?:operation|operates?|drove|drives?|driving) (?:\w+ ){0,4}?(?:power"
        r" (?:wheel)?chair|joystick)(?![^.;]{0,20}?\b(?:not|pending|unclear|unknown|to be)\b)"
        r"|\bmental(?:ly)? and physical(?:ly)? (?:\w+ ){0,3}?(?:abilit\w+|capab\w+|able)",
        r"\b(?:cannot|can't|unable to|not able to|unsafe to) (?:\w+ )?(?:operat\w+|driv\w+|control)"
        r" (?:\w+ ){0,4}?(?:joystick|power (?:wheel)?chair|power mobility)"
        r"|\bunsafe (?:\w+ ){0,3}?(?:power (?:wheel)?chair|joystick)",
    ),
    "caregiver_operates": _c(
        "a caregiver who can operate the power wheelchair but not push a manual one",
        r"\b(?:caregiver|spouse|wife|husband|daughter|son|aide)\b[^.;]{0,50}?\b(?:cannot|unable to"
        r"|not able to) push[^.;]{0,60}?\b(?:can|able|available|willing)\b[^.;]{0,40}?\boperat\w+",
    ),
    "home_fits_chair": _c(
        "a home that the chair can be used in",
        r"\b(?:home|house|apartment|doors?|doorways?|rooms|layout)\b"
        r"(?:(?!\b(?:must|should|needs?|required?|if|whether)\b)[^.;]){0,60}?\b(?<!not\s)(?:is"
        r" accessible|are accessible|accessible|accommodat\w+|adequate|wide enough|allows? (?:for"
        r" )?(?:a |the )?(?:power )?(?:wheel)?chair|permits?)"
        r"|\b(?:chair|wheelchair) (?:passes|fits|can be (?:used|maneuvered|driven)|maneuvers)"
        r"|\bmaneuver\w* (?:\w+ ){0,5}?(?:in|within|through|between) (?:\w+ )?(?:home|rooms|house)",
        r"\b(?:home|house|apartment|doors?|doorways?)\b[^.;]{0,40}?\b(?:does not|do not|cannot|not"
        r"|too narrow|inaccessible)\b[^.;]{0,40}?\b(?:power (?:wheel)?chair|wheelchair|accessible"
        r"|accommodate|chair)\b|\bdoorways? (?:are |is )?too narrow for (?:a |the )?power",
    ),
    "chair_improves_activities": _c(
        "daily activities that the chair improves",
        r"\b(?:power (?:wheel)?chair|(?-i:PWC))\b[^.;]{0,90}?\b(?:improv\w+|allows?|lets"
        r"|enables?|resolves?"
        r"|restor\w+|makes? possible|for|can then|is needed)\b[^.;]{0,60}?"
        rf"(?:{_ACTIVITY}|\bparticipat\w+|\bmobility)"
        rf"|\bmobility limitation[^.;]{{0,60}}?\bpower (?:wheel)?chair\b[^.;]{{0,40}}?\bresolves"
        rf"|\b(?:with|in) (?:a |the )?power (?:wheel)?chair\b[^.;]{{0,40}}?\b(?:can|could|able"
        rf"|reach\w*)\b[^.;]{{0,40}}?{_ACTIVITY}",
        r"\b(?:will|would|does) not improve[^.;]{0,60}?\b(?:m?r?adls?|activities|mobility"
        r"|toileting)",
    ),
    "unwilling_to_use_chair": _c(
        "unwillingness to use the chair in the home",
        r"\b(?:declines?|declined|refuses?|refused|unwilling to|not willing to|does not want|does"
        r" not wish)\b[^.;]{0,40}?\bpower (?:wheel)?chair"
        r"|\bpower (?:wheel)?chair\b[^.;]{0,40}?\b(?:declined|refused)",
    ),
    "mobility": _c(
        "mobility",
        r"\bmobility\b|\bambulat\w+|\bgait\b|\bwheelchair|\bwalker\b|\bunable to walk|\bwalking\b",
    ),
}
