"""Reading the 277s of a document as it streams by, one level at a time."""

from nodes.x12.built import builder
from nodes.x12.reviewing.review import Unread
from nodes.x12.segments import IDENTIFIER
from nodes.x12.status_277.effective import Judge, Placed, Services
from nodes.x12.status_277.entry_277 import Entry, Terms, place
from nodes.x12.status_277.scope_277 import KINDS, ROLES, Scope
from nodes.x12.status_277.status import ClaimStatus, Guide, StatusItem, Totals
from nodes.x12.status_277.status_guide import by_kind, by_shape
from nodes.x12.status_277.steps_277 import STEPS

LETTERS = {"20": "A", "21": "B", "19": "C", "22": "D", "PT": "D", "23": "E"}
LOOPS = {"NM1": "2100", "TRN": "2200", "PWK": "2210", "SVC": "2220"}
HL_ID, HL_PARENT, HL_LEVEL = (place("HL", name) for name in ("id", "parent", "level"))
BEGINS = frozenset(("TRN", "SVC"))
build = builder(StatusItem)
PARTIAL = "not all of it is known here"
LOST = "it belongs to nothing that has a status"
ASKS: Guide = "005010X213"
OF_A_PATIENT = frozenset(("claim", "service"))
EARLY = "it stands before the first level"


def guided(item: StatusItem, guide: Guide) -> StatusItem:
    """An item whose guide is known by now."""
    update: dict[str, str | None] = {"guide": guide}
    if guide == ASKS and item.level in OF_A_PATIENT:
        update["payer_control_number"] = item.payer_control_number or item.trace_number
    return item.model_copy(update=update)


class Answer:
    """What the transaction sets of a document say, and what of them was not understood."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.items, self.claims = list[StatusItem](), list[ClaimStatus]()
        self.totals, self.unread = list[Totals](), list[Unread]()


class Levels:
    """Reads the levels of one transaction set into an answer."""

    def __init__(self, answer: Answer, number: int, named: Guide | None, judge: Judge) -> None:
        """Begin a transaction set: the ``number``-th of its document."""
        self.answer, self.number, self.judge = answer, number, judge
        self.named: Guide | None = named
        self.structure, self.codes, self.begun = "", set[str](), len(answer.items)
        self.scopes: dict[str, Scope] = {}
        self.header: list[str] | None = None
        self.scope, self.role, self.start = Scope(), ROLES["20"], 2
        self.rows: list[list[str]] = []
        self.entries: list[Entry] = []
        self.left: dict[int, str] = {}
        self.introduced = False

    def read(self, batch: list[list[str]], terms: Terms) -> None:
        """Read some segments; a TRN begins what a status is about, an SVC a service of it."""
        steps = STEPS if self.header else {}
        rows, entry = self.rows, self.entries[-1] if self.entries else None
        for row in batch:
            name = row[0]
            step = steps.get(name)
            if step is None:
                self.other(row)
                if name == "HL":
                    steps, rows, entry = STEPS, self.rows, None
                continue
            rows.append(row)
            if entry is None or name in BEGINS:
                entry = self.entry(name)
            if not step(row, entry, terms):
                self.left[len(rows) - 1] = PARTIAL

    def entry(self, name: str) -> Entry:
        """The entry a segment says something of."""
        entries, first = self.entries, len(self.rows) - 1
        if name == "TRN":
            kind = KINDS[self.role]
            entry = Entry("claim" if kind == "patient" else kind, first)
        elif name == "SVC":
            last = entries[-1] if entries else self.entry("")
            entry = Entry("service", first, last.claim or last)
        elif entries:
            return entries[-1]
        else:
            entry = Entry(KINDS[self.role], first)
        if entries:
            entries[-1].stop = first
        entries.append(entry)
        return entry

    def other(self, row: list[str]) -> None:
        """HL, the name of a level, BHT, or a segment not known."""
        if row[0] == "HL":
            self.close()
            self.open(row)
            return
        self.rows.append(row)
        if row[0] == "NM1" and self.header and not self.introduced and not self.entries:
            self.scope, self.introduced = self.scope.named(self.role, row), True
        elif row[0] == "BHT" and self.header is None:
            self.structure = row[1] if len(row) > 1 else ""
            self.named = self.named or by_kind(row)
        else:
            self.left[len(self.rows) - 1] = PARTIAL if self.header else EARLY

    def open(self, row: list[str]) -> None:
        """HL: a level begins."""
        if len(row) <= HL_LEVEL:
            row = [*row, "", "", ""]
        self.header = row
        self.start += len(self.rows) + 1
        self.rows, self.entries, self.left, self.introduced = [], [], {}, False
        code = row[HL_LEVEL]
        self.codes.add(code)
        self.role = ROLES.get(code, "receiver")
        self.scope = self.scopes.get(row[HL_PARENT]) or Scope()

    def close(self) -> None:
        """The level at hand ends: keep what it says."""
        if self.header is not None:
            if self.entries and self.role != "patient":
                self.whole()
            elif self.entries:
                self.patient()
            self.scopes[self.header[HL_ID]] = self.scope
        if self.left:
            self.unread()

    def end(self) -> Guide:
        """The transaction set ends; a guide it did not name is known by its shape."""
        self.close()
        if self.named is None:
            items = self.answer.items[self.begun :]
            found = by_shape(self.structure, self.codes, items)
            self.answer.items[self.begun :] = [guided(item, found) for item in items]
            return found
        return self.named

    def whole(self) -> None:
        """Statuses and totals of all that is below a payer, receiver or provider."""
        desk = self.entries[0].fields["contact"]
        if desk:
            self.scope = self.scope._replace(contact=desk)
        for entry in self.entries:
            fields = entry.fields
            known = entry.totals or ((fields["trace_number"] or entry.numbers) and not entry.codes)
            if known:
                self.answer.totals.append(
                    Totals(
                        level=self.role,
                        transaction=self.number,
                        who=getattr(self.scope, self.role),
                        trace_number=fields["trace_number"],
                        numbers=tuple(entry.numbers),
                        **(entry.totals or {}),
                    )
                )
            if entry.codes:
                self.answer.items.append(self.item(entry, None))
            elif not known and fields["contact"] is None:
                self.silent(entry)

    def patient(self) -> None:
        """The claims of a patient with their services; what has no status stays unread."""
        at, entries = 0, self.entries
        if len(entries) == 1 and entries[0].codes:
            self.alone(entries[0])
            return
        while at < len(entries):
            claim, at, services = entries[at], at + 1, []
            while at < len(entries) and entries[at].claim is claim:
                services.append(entries[at])
                at += 1
            if claim.codes and not services:
                self.alone(claim)
            else:
                self.claim(claim, services)

    def alone(self, entry: Entry) -> None:
        """A claim without services."""
        answer = self.answer
        place, number = len(answer.items), len(answer.claims) + 1
        item = self.item(entry, number)
        answer.items.append(item)
        answer.claims.append(self.judge.alone(number, place, item))

    def claim(self, claim: Entry, services: list[Entry]) -> None:
        """A claim with services, either of which may be without a status."""
        answer, number = self.answer, len(self.answer.claims) + 1
        spoken = [entry for entry in services if entry.codes]
        known = bool(claim.codes or spoken)
        own: Placed | None = None
        if claim.codes:
            own = Placed(len(answer.items), self.item(claim, number))
            answer.items.append(own.item)
        else:
            claim.close()
        heard = []
        for entry in spoken:
            heard.append(Placed(len(answer.items), self.item(entry, number)))
            answer.items.append(heard[-1].item)
        if known:
            silent = len(spoken) < len(services)
            answer.claims.append(self.judge.claim(number, own, Services(heard, silent)))
        for entry in services if known else (claim, *services):
            if not entry.codes:
                self.silent(entry)

    def item(self, entry: Entry, claim: int | None) -> StatusItem:
        """One entry as it is answered."""
        fields, scope = entry.close(), self.scope
        category, fields["effective"] = self.judge.of(entry.codes)
        fields["must_act"], fields["action"] = category.must_act, category.action
        fields["guide"], fields["transaction"] = self.named or "other", self.number
        fields["claim"] = claim
        if self.named == ASKS and fields["level"] in OF_A_PATIENT:
            fields["payer_control_number"] = (
                fields["payer_control_number"] or fields["trace_number"]
            )
        fields["payer"], fields["receiver"], fields["provider"] = scope[:3]
        fields["patient"], fields["member_id"] = scope.patient, scope.member
        fields["contact"] = fields["contact"] or scope.contact
        return build(fields)

    def silent(self, entry: Entry) -> None:
        """Leave the segments of what has no status."""
        for at in range(entry.first, entry.stop or len(self.rows)):
            self.left.setdefault(at, LOST)

    def unread(self) -> None:
        """Keep segments that were not understood, as received."""
        letter = LETTERS.get(self.header[HL_LEVEL]) if self.header else None
        loop = "2000"
        for at, row in enumerate(self.rows):
            nested = row[0] == "PWK" and loop >= "2220"
            loop = "2225" if nested else LOOPS.get(row[0], loop)
            if at in self.left:
                self.answer.unread.append(
                    Unread(
                        loop=loop + letter if letter else None,
                        segment_id=row[0] if IDENTIFIER.match(row[0]) else None,
                        segment=self.start + at,
                        why=self.left[at],
                        elements=tuple(row[1:]),
                    )
                )
