"""How a value found at a path is written: joined, worded, checked, stripped and cut."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any

from nodes.case import npi
from nodes.pdf.mapping import Defaults
from nodes.pdf.paths import value_at
from nodes.pdf.places import Check, DateFormat, Written

DATES: dict[DateFormat, str] = {
    "MM/DD/YYYY": "%m/%d/%Y",
    "MM/DD/YY": "%m/%d/%y",
    "MMDDYYYY": "%m%d%Y",
    "MMDDYY": "%m%d%y",
    "MM DD YYYY": "%m %d %Y",
    "MM DD YY": "%m %d %y",
    "YYYY-MM-DD": "%Y-%m-%d",
    "MM": "%m",
    "DD": "%d",
    "YYYY": "%Y",
    "YY": "%y",
}
ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
ZIP = re.compile(r"[0-9]{5}(-?[0-9]{4})?")
PHONE = re.compile(r"(?:\+?1[ .\-]?)?\(?([2-9][0-9]{2})\)?[ .\-]{0,2}([0-9]{3})[ .\-]?([0-9]{4})")

NUMBER = re.compile(r"\+?[0-9(][0-9 ().\-/]{2,30}")
WHOLE = (0, 100_000)


class Invalid(ValueError):
    """A value that fails the check its field asks for."""


def write(value: Any, how: Written, defaults: Defaults) -> str | None:
    """Write a value as text; None: there is nothing to write. Invalid: it fails its check."""
    text = how.between.join(filter(None, (item(one, how, defaults) for one in wanted(value, how))))
    if (how.case or defaults.case) == "upper":
        text = text.upper()
    return text if text.strip() else None


def loses(value: Any, parts: Sequence[Written], defaults: Defaults) -> bool:
    """Whether parts that each cut a value leave some of it out; Invalid: it fails its check."""
    if not parts or any(one.cut is None for one in parts):
        return False
    whole = write(value, parts[0].model_copy(update={"cut": WHOLE}), defaults) or ""
    taken = {
        place for one in parts for place in range(*slice(*one.cut or WHOLE).indices(len(whole)))
    }
    return any(sign.isalnum() and place not in taken for place, sign in enumerate(whole))


def wanted(value: Any, how: Written) -> list[Any]:
    """Keep of a list what the field asks for; a single value is a list of one."""
    kept = [one for one in (value if isinstance(value, tuple) else (value,)) if keeps(one, how)]
    return kept[: how.take]


def keeps(one: Any, how: Any) -> bool:
    """Whether an item's parts are among those that ``only`` and ``skip`` let through."""
    return all(_among(value_at(one, path), among) for path, among in how.only.items()) and not any(
        _among(value_at(one, path), among) for path, among in how.skip.items()
    )


def key(value: Any, how: Written, defaults: Defaults) -> str:
    """Write a value as the key of a choice: its words, and true or false."""
    return str(item(value, how, defaults))


def item(value: Any, how: Written, defaults: Defaults) -> str:
    """Write one value or item; Invalid: it fails its check."""
    text = _scalar(value, how, defaults) if value is None or how.join is None else ""
    if value is not None and how.join is not None:
        text = _joined(value, how.join, how, defaults)
    if not text:
        return ""
    whole = checked(text, value, how.check) if how.check else text
    if how.cut:
        digits = how.check in ("phone", "zip", "npi")
        text = whole if digits else text if isinstance(value, date) else bare(text)
    text = text.translate(dict.fromkeys(map(ord, how.strip + defaults.strip)))
    return text[slice(*how.cut)] if how.cut else text


def bare(text: str) -> str:
    """Give the digits of what is a number by its look, ten of a telephone number; else the text."""
    if NUMBER.fullmatch(text) is None:
        return text
    phone = PHONE.fullmatch(text)
    return "".join(phone.groups()) if phone else re.sub(r"[^0-9]", "", text)


def checked(text: str, value: Any, check: Check) -> str:
    """Check a text and give it in its shortest form (a phone's ten digits); Invalid: it fails."""
    found: re.Match[str] | None
    if check == "phone":
        found = PHONE.match(text)
        if found is None or text[found.end() :].strip()[:1].isdigit():
            raise Invalid
        return "".join(found.groups())
    if check == "npi":
        try:
            return npi(text)
        except ValueError:
            raise Invalid from None
    if check == "date":
        if not isinstance(value, date) and not any(_reads(text, form) for form in DATES.values()):
            raise Invalid
        return text
    if (ICD10 if check == "icd10" else ZIP).fullmatch(text) is None:
        raise Invalid
    return text.replace("-", "")


def _reads(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _joined(value: Any, join: str, how: Written, defaults: Defaults) -> str:
    parts: list[str] = []
    for literal, path, _, _ in Formatter().parse(join):
        parts.append(literal)
        if path is not None:
            parts.append(_scalar(value_at(value, path), how, defaults))
    blanks = re.sub(r"[ \t]+", " ", "".join(parts))
    return re.sub(r"\( ?\)|(?:, ?)+(?=, |$)", "", blanks).strip(" ,\n")


def _scalar(value: Any, how: Written, defaults: Defaults) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(filter(None, (_scalar(one, how, defaults) for one in value)))
    if isinstance(value, date):
        return value.strftime(DATES[how.date or defaults.date])
    plain = _plain(value)
    return how.words.get(plain, plain)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _among(value: Any, among: tuple[Any, ...]) -> bool:
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in among)


def facts(items: list[Any]) -> Iterator[str]:
    """Name the facts that values were taken from, where they say so."""
    for one in items:
        fact = getattr(one, "fact", None)
        if fact:
            yield fact
