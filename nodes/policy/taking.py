"""Words and statuses that tell whether a drug is taken, only spoken of, or no longer taken."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from nodes.policy.drug_names import ingredient, is_class
from nodes.policy.finding import Voice
from nodes.policy.index import Mention

Use = Literal["taken", "stopped", "past", "spoken_of"]
OVER = frozenset({"resolved", "inactive", "remission", "stopped", "completed"})
DRUG_VOID = frozenset({"draft", "on-hold", "unknown"})

_I = re.IGNORECASE
_TAKES = (
    r"(?:(?:takes?|taking|uses?|using|continu\w+|currently|now|remains|stays|been|is|maintained"
    r"|injects?|injecting|refills?)\b|(?:meds?|medications?):)"
)
_GAP = rf"(?:(?!\b{_TAKES})[^.;]){{0,40}}$"
_INTENDED = re.compile(
    r"\b(?:will(?! continue)|would|could|may|might|plan(?:s|ning)? (?:to|for)|consider\w*"
    r"|start(?:ing)?|begin(?:ning)?|initiat(?:e|ing|ion of)|add(?:ing)?|switch(?:ing)? to"
    r"|transition(?:ing)? to|recommend\w*|offer\w*|discuss\w*|talked about|ask(?:s|ed|ing)? about"
    r"|interest(?:ed)? in|request(?:s|ed|ing)?|wants?|wishes|prefers?|needs?|candidate for"
    r"|trial of|eligible for|qualif\w+ for|order(?:ed|ing)?|declin\w+|refus\w+|reluctan\w+"
    r"|hesitan\w+|afraid|avoid\w*|fears?|educat\w+|counsel+\w*|information|risks?|versus|vs\.?"
    r"|contraindicat\w+|prior auth\w* for|approval (?:of|for)|deni(?:ed|al)(?: of| for)?|resume"
    r"|if|once|until|before|instead of|rather than|covers?|mention\w*)\b" + _GAP,
    _I,
)
_SPOKEN_OF = re.compile(
    r"^[^.;]{0,60}?(?:\bnot (?:currently |now |actually )?(?:taking|taken|using|yet|started|begun"
    r"|filled|indicated|needed|recommended)|n['\u2019]t (?:take|taking|use|started|filled)"
    r"|\bnever (?:started|took|taken|filled|used|picked)|\byet to (?:start|begin)"
    r"|\b(?:was|were|is|being) (?:mentioned|discussed|offered|considered|declined|recommended"
    r"|ordered|denied|suggested)|\b(?:declined|refused)\b|\b(?:will|to) be (?:started|initiated"
    r"|added|considered)|\bif\b|\bdiscussed\b)"
    r"|^\s*(?:level|levels|assay|resistan\w+|sensitiv\w+|antibod\w+|secretion|use disorder|toxicity"
    r"|overdose|intoleran\w+|allerg\w+|na[i\u00ef]ve|coverage|prior auth\w*|tolerance|deficien\w+"
    r"|contraindicated|(?:pump |therapy )?(?:candidate|candidacy|education|training|teaching"
    r"|evaluation|trial|start)\b|pump (?:was )?(?:removed|broken|returned)"
    r"|(?:may|might|can|could|would|causes?|is (?:an?|the|contra))\b)"
    r"|^\s*[(,:\u2013-]\s*(?:allerg\w+|rash|hives|anaphyla\w+|angioedema|intoleran\w+|declined)",
    _I,
)
_ALLERGIC = re.compile(
    r"\b(?:allerg(?:y|ies|ic)|intoleran(?:t|ce|ces)|adverse reactions?|hypersensitiv\w+"
    r"|anaphyla\w+)\b(?:(?!\b(?:meds?|medications?|current\w*|takes|taking|rx)\b)[^.]){0,120}$",
    _I,
)
_DOSED = re.compile(r"^[^.;,(]{0,20}?\b\d{1,4}(?:\.\d+)?\s*(?:units?|u|mg|mcg|ml)\b", _I)
_SINCE = re.compile(r"\bsince\b", _I)
_ALLERGIES = ("allerg", "adverse", "intoleran", "reactions")
_STOPPED_BEFORE = re.compile(
    r"\b(?:stop(?:ped|ping)?|discontinu\w+|held|hold(?:ing)?|off|d/c(?:'d|ed)?|dc'?d|came off"
    r"|wean\w+ off|quit|no longer (?:on|taking|uses?|using|takes))\b" + _GAP,
    _I,
)
_STOPPED_AFTER = re.compile(
    r"^(?:[^.,;]{0,40}?\b|\W{0,3}(?:(?:was|since|but|then|and|now) )?)"
    r"(?:stopped|discontinued|held|weaned off|d/c(?:'d|ed)?|dc'd|no longer (?:taken|taking|used"
    r"|on))\b",
    _I,
)
_PAST_BEFORE = re.compile(
    r"\b(?:(?:prior|previous|past|former) use of|fail(?:ed|ure (?:of|on|with))|prior"
    r"|previous(?:ly)?|past|former(?:ly)?|history of|h/o|hx of|tried|trial(?:ed|led)"
    r"|inadequate response to"
    r"|non-?respon\w+ to|refractory to"
    r"|(?:switch\w*|transition\w*|chang\w+|convert\w*) (?:(?!to\b)\w+ ){0,3}?from|was on|were on"
    r"|had been on|used to (?:take|use|be on))\b(?:(?!\bto\b)(?!\bthen\b)"
    rf"(?!\b{_TAKES})[^.;]){{0,40}}$",
    _I,
)
_PAST_AFTER = re.compile(
    r"^[^.,;]{0,30}?\b(?:failed|failure|ineffective|did not (?:help|work)|didn['\u2019]t (?:help"
    r"|work)|in the past|years? ago|previously|without (?:benefit|response|effect))\b",
    _I,
)
_IN_HOSPITAL = re.compile(
    r"\b(?:(?:only )?(?:during|while|in)(?: the| this| his| her| a)? (?:hospital\w*|admission"
    r"|inpatient|icu|pregnancy|surgery|stay)|inpatient only|perioperative\w*|as (?:an )?inpatient"
    r"|steroid taper)\b",
    _I,
)

_MISSED = re.compile(
    r"\b(?:miss\w*|skip\w*|forg[eo]t\w*|problems?|side effects?|difficult\w*|issues?|reactions?)"
    r"(?: \w+){0,5} $",
    _I,
)
_GOES_ON = re.compile(
    r"(?:,|\band|\bbut) (?:(?:now|she|he|they|is|pt|currently) )*(?:takes|taking|uses|using|on"
    r"|continues)(?: \w+){0,2} $",
    _I,
)


def use(mention: Mention) -> Use:
    """Say how a sentence speaks of a drug: as taken now, stopped, past, or only spoken of."""
    sentence = mention.sentence
    before = sentence.text[: mention.start - sentence.start]
    after = sentence.text[mention.end - sentence.start :]
    listed = sentence.heading.startswith(_ALLERGIES) and not _DOSED.search(after)
    if listed or _ALLERGIC.search(before):
        return "spoken_of"
    if _STOPPED_BEFORE.search(before) or _STOPPED_AFTER.search(after):
        return "stopped"
    if _INTENDED.search(before) or _SPOKEN_OF.search(after):
        return "spoken_of"
    if _PAST_BEFORE.search(before) or _PAST_AFTER.search(after):
        return "past"
    return "past" if _IN_HOSPITAL.search(sentence.text) else "taken"


def not_denied(mention: Mention) -> bool:
    """Say whether only missed doses are denied, or another drug: "off metformin, takes NPH"."""
    before = mention.sentence.text[: mention.start - mention.sentence.start]
    return bool(_MISSED.search(before) or _GOES_ON.search(before))


def in_use(
    said: Sequence[Mention], past: Sequence[Mention]
) -> tuple[list[Mention], list[Mention], list[Mention]]:
    """Sort what is said of drugs: taken, stopped, and what no longer counts.

    That a drug is taken no longer counts when a later note says that it was stopped.
    """
    since = [one for one in past if _SINCE.search(one.sentence.text)]
    past = [one for one in past if one not in since]
    used = [(one, use(one)) for one in (*said, *since, *past)]
    ended = [one for one, how in used if how == "stopped"]
    taken = [one for one, how in used if how == "taken" and one not in past]
    gone = [one for one in taken if any_of(one, ended, later=True)]
    old = [one for one, how in used if how == "past" or (how == "taken" and one in past)]
    return [one for one in taken if one not in gone], ended, [*gone, *ended, *old]


def any_of(said: Mention, ended: Iterable[Mention], *, later: bool = False) -> bool:
    """Say whether the same drug was stopped, on the day of the note or later."""
    return any(
        (one.written > said.written if later else one.written == said.written)
        and (is_class(one.words) or _same(said.words, one.words))
        for one in ended
    )


def taken_back(voice: Voice, ended: Iterable[Mention]) -> bool:
    """Say whether a note since then says that a recorded drug was stopped."""
    quote = voice.fact.quote.lower()
    return any(
        (voice.on is None or one.written >= voice.on)
        and (is_class(one.words) or any(name in quote for name in _names(one.words)))
        for one in ended
    )


def _same(one: str, other: str) -> bool:
    """A brand is its ingredient, but not another brand of it."""
    return _plain(one) in _names(other) or _plain(other) in _names(one)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _names(words: str) -> set[str]:
    plain = _plain(words)
    return {plain, ingredient(plain), plain.removeprefix("insulin ")}
