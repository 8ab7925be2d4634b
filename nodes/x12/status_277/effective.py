"""Which of several statuses counts, in plain words: one rule for everything a 277 says.

* Of the STC segments of one claim or service those of the newest date count (STC02); one without
  a date counts with them.
* Among these, and among STC01, STC10 and STC11 of one segment, the one that stands highest in
  ``statuses.ORDER`` counts; of equals the first. So an error, a rejection or a request for
  information is never hidden by an acknowledgment beside it, and a final status of the same day
  ends a pending one. A category not known here never hides a known one: it is named beside it,
  and somebody must look.
* Services speak for their claim; its own status counts for services without one, and alone when
  it is newer than all of theirs.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from nodes.x12.built import blank, builder
from nodes.x12.status_277.status import ClaimStatus, Effective, StatusCode, StatusItem
from nodes.x12.status_277.statuses import UNKNOWN, StatusCategory, Statuses

CLAIM, build_claim = blank(ClaimStatus), builder(ClaimStatus)
LISTS = {"LOI": "LOINC", "RX": "pharmacy code"}


class Ruling(NamedTuple):
    """The category of the status that counts, and that status in plain words."""

    category: StatusCategory
    effective: Effective


class Placed(NamedTuple):
    """An item and its place in the answer."""

    place: int
    item: StatusItem


class Services(NamedTuple):
    """The services of a claim that have a status, and whether others have none."""

    heard: list[Placed]
    silent: bool


class Judge:
    """Decides what counts; remembers the words of statuses met before in the same document."""

    def __init__(self, lists: Statuses) -> None:
        """Take the lists to decide by."""
        self.lists = lists
        self.known: dict[tuple[str, str, str | None, str | None, date | None], Ruling] = {}
        self.categories = lists.categories

    def of(self, codes: Sequence[StatusCode]) -> Ruling:
        """The status that counts for one claim or service; there is at least one."""
        if len(codes) > 1:
            return self.among(codes)
        return self.one(codes[0])

    def one(self, code: StatusCode) -> Ruling:
        """A single status."""
        key = (code.category, code.status, code.entity, code.list, code.on)
        if key not in self.known:
            self.known[key] = self.ruling(code)
        return self.known[key]

    def among(self, codes: Sequence[StatusCode]) -> Ruling:
        """By date, then those known here, then by how it stands, then by place."""
        newest = max((code.on for code in codes if code.on), default=None)
        current = [code for code in codes if code.on is None or code.on == newest]
        known = [code for code in current if code.category in self.categories]
        counts = min(known or current, key=lambda code: self.lists.category(code.category).rank)
        ruling = self.one(counts)
        strange = tuple(
            dict.fromkeys(code.category for code in current if code.category not in self.categories)
        )
        return flagged(ruling, strange) if known and strange else ruling

    def ruling(self, code: StatusCode) -> Ruling:
        """One status in plain words."""
        category = self.lists.category(code.category)
        detail = code.status_words
        if detail is None and code.status:
            detail = f"{LISTS.get(code.list or '', 'status code')} {code.status}"
        who = f" ({code.entity_words or code.entity})" if code.entity else ""
        effective = Effective(
            outcome=category.standing,
            words=f"{category.words}{f': {detail}' if detail else ''}{who}",
            category=code.category,
            status=code.status,
            entity=code.entity,
            on=code.on,
        )
        return Ruling(category, effective)

    def alone(self, number: int, place: int, item: StatusItem) -> ClaimStatus:
        """What counts for a claim that is one item."""
        fields = CLAIM.copy()
        fields["claim"], fields["items"] = number, (place,)
        fields["trace_number"], fields["effective"] = item.trace_number, item.effective
        fields["must_act"], fields["action"] = item.must_act, item.action
        fields["due"] = item.due
        return build_claim(fields)

    def claim(self, number: int, own: Placed | None, services: Services) -> ClaimStatus:
        """What counts for a claim over itself and its services."""
        placed = [own, *services.heard] if own else services.heard
        heard = [item for _, item in services.heard]
        if own and (not heard or supersedes(own.item, heard)):
            heard = [own.item]
        elif own and services.silent:
            heard.append(own.item)
        foremost = min(heard, key=self.urgency)
        due = min((item.due for item in heard if item.must_act and item.due), default=None)
        return ClaimStatus(
            claim=number,
            trace_number=foremost.trace_number,
            effective=foremost.effective,
            must_act=foremost.must_act,
            action=foremost.action,
            due=due or foremost.due,
            items=tuple(place for place, _ in placed),
        )

    def urgency(self, item: StatusItem) -> tuple[bool, int]:
        """What comes first among the items of a claim: what must be done, then how it stands."""
        return not item.must_act, self.lists.category(item.effective.category).rank


def flagged(ruling: Ruling, strange: tuple[str, ...]) -> Ruling:
    """A status beside which others were said that are not known here."""
    category, effective = ruling
    action = "; ".join(filter(None, (category.action, UNKNOWN.action)))
    return Ruling(
        category.model_copy(update={"must_act": True, "action": action}),
        effective.model_copy(update={"unknown": strange}),
    )


def supersedes(own: StatusItem, services: Sequence[StatusItem]) -> bool:
    """Whether a claim's own status is newer than that of every service."""
    mine = own.effective.on
    others = [item.effective.on for item in services]
    return mine is not None and all(other is not None and other < mine for other in others)
