"""When bladder and bowel symptoms count as signs of compression: new, and not explained."""

import re

_NEW = (
    r"(?<!no )(?<!any )(?<!not )(?:new(?:ly)?|acute(?:ly)?|recent(?:ly)?|sudden(?:ly)?|abrupt\w*)"
)
_UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?)"
_RECENT = re.compile(
    rf"\b{_NEW}\b|\b(?:yesterday|today|tonight|overnight|last night|developed|just began"
    r"|just started|began|started)\b"
    r"|\bsince (?:last (?:night|week)|this (?:morning|week)|yesterday|(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day|\d{4}-\d\d|\d{1,2}/\d)"
    rf"|\b(?:x|for|past|last|within) (?:the )?(?:past |last )?(?:\w+ )?{_UNIT}\b"
    rf"|\b{_UNIT} ago\b|\bthis (?:morning|week)\b",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(rf"\b{_NEW}(?:[ -]onset)?(?: \w+){{0,2}} ?$", re.IGNORECASE)
_LONG = re.compile(
    r"\b(?:chronic(?:ally)?(?! (?:low |axial |lower )?(?:back|lbp|pain|lumbar|neck|radic))"
    r"|long-?standing|lifelong|for (?:\w+ ){0,2}?(?:years?|yrs?|decades?)"
    r"|(?:x|over|past|last) ?(?:the )?(?:past |last )?(?:\w+ )?(?:years?|yrs?)|(?:years?|yrs?)"
    r" (?:ago|now|of)|x\d+ ?y(?:ea)?rs?|since (?:19|20)\d\d\b(?!-)|since (?:childhood|childbirth"
    r"|(?:the )?(?:birth|delivery|pregnancy|prostatectomy|surgery))|baseline|unchanged|stable"
    r"|known|recurrent)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"\b(?:bph|prostat\w*|stress (?:urinary |bladder )?incontinence|urge(?:ncy)? (?:urinary )?"
    r"incontinence|mixed (?:urinary )?incontinence|over-?active bladder|oab|uti|urinary tract"
    r" infection|cystitis|cystocele|prolapse|childbirth|post-?partum|neurogenic bladder"
    r"|spina bifida|multiple sclerosis|dementia|stricture|anesthesia recovery|post-?op\w*"
    r"|ibs|medications?|oxybutynin|tolterodine|mirabegron|tamsulosin|flomax"
    r"|anticholinergics?|antihistamines?|opioids?|diuretics?|side effects?)\b",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(r"\b(?:despite|no|not|without|denies) (?:\w+ ){0,3}?$", re.IGNORECASE)
_ITSELF = re.compile(r"cannot|can't|unable|inability|lost|loss|overflow", re.IGNORECASE)


def counts(text: str, start: int, end: int, another_sign: bool) -> bool:
    """Say whether a bladder or bowel symptom speaks for compression.

    With a known other cause, or for years, it does not; alone it must be new, or a loss of control.
    """
    if any(not _RULED_OUT.search(text[: one.start()]) for one in _EXPLAINED.finditer(text)):
        return False
    fresh = _JUST_BEFORE.search(text[:start]) or re.match(_NEW, text[start:], re.IGNORECASE)
    if fresh:
        return True
    if _LONG.search(text):
        return False
    return bool(another_sign or _ITSELF.search(text[start:end]) or _RECENT.search(text))
