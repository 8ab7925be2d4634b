"""Reading DTP: issue, effect, expiry, onset, and the dates of event, admission or service."""

from nodes.x12.codes import table_words
from nodes.x12.named import Values
from nodes.x12.reviewing.read_item import Item, Step
from nodes.x12.reviewing.review import StatedDate
from nodes.x12.segments import Segment
from nodes.x12.values import span

DAYS = {
    "102": ("issued",),
    "036": ("expires",),
    "431": ("onset",),
    "472": ("start", "end"),
    "AAH": ("start", "end"),
    "435": ("start",),
    "096": ("end",),
}


def dates(segment: Segment, said: Values, item: Item) -> bool:
    """DTP: issue, effect, expiry, onset, and the dates of event, admission or service."""
    stated = stated_date(said)
    if stated is None:
        return False
    item.dates.append(stated)
    if stated.qualifier == "007":
        item.effective = stated.first
        item.expires = item.expires if stated.first == stated.last else stated.last
    for name, value in zip(
        DAYS.get(stated.qualifier, ()), (stated.first, stated.last), strict=False
    ):
        setattr(item, name, value)
    return True


def stated_date(said: Values) -> StatedDate | None:
    """The values of a DTP; none where it is no date."""
    first, last = span(said.get("format", ""), said.get("date", ""))
    if first is None or last is None:
        return None
    del said["format"], said["date"]
    qualifier = said.pop("qualifier", "")
    words = table_words("DTP", "qualifier").get(qualifier)
    return StatedDate(qualifier=qualifier, words=words, first=first, last=last)


STEPS: dict[str, Step] = {"DTP": dates}
