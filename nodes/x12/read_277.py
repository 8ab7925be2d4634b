"""Reading a 277 transaction set: statuses (STC) per claim, request or service."""

from dataclasses import dataclass, field

from nodes.x12.effective import Judge, Ruling, Services
from nodes.x12.entry_277 import Entry
from nodes.x12.envelope import TransactionSet
from nodes.x12.guide import dictionary
from nodes.x12.hierarchy import Level, hierarchy
from nodes.x12.review import Unread
from nodes.x12.scope_277 import LETTERS, ROLES, Role, Scope
from nodes.x12.segments import IDENTIFIER, Segment
from nodes.x12.status import ClaimStatus, Guide, Kind, StatusItem, Totals
from nodes.x12.steps_277 import STEPS

KINDS: dict[Role, Kind] = {
    "payer": "receiver",
    "receiver": "receiver",
    "provider": "provider",
    "patient": "patient",
}
LOOPS = {"NM1": "2100", "TRN": "2200", "PWK": "2210", "SVC": "2220"}
PAD = [""] * (1 + max(len(dictionary().segments[name].elements) for name in (*STEPS, "NM1")))


@dataclass(slots=True)
class Answer:
    """What the transaction sets of a document say, and what of them was not understood."""

    judge: Judge
    items: list[StatusItem] = field(default_factory=list)
    claims: list[ClaimStatus] = field(default_factory=list)
    totals: list[Totals] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """Reads one transaction set into an answer."""

    answer: Answer
    transaction: TransactionSet
    number: int
    guide: Guide

    def all(self) -> None:
        """Read every level; what stands before the first and is no BHT stays unread."""
        tree = hierarchy(self.transaction)
        for segment in tree.head:
            if segment.id != "BHT":
                self.leave(segment, None, "it stands before the first level")
        scopes: dict[int, Scope] = {}
        for level in tree.levels:
            above = scopes[id(level.parent)] if level.parent else Scope()
            scopes[id(level)] = self.level(level, above)

    def level(self, level: Level, scope: Scope) -> Scope:
        """Read one level and keep what it says; gives the scope of the levels below it."""
        role = ROLES.get(level.code, "receiver")
        entries = [Entry(KINDS[role], self.answer.judge.lists)]
        named = False
        for segment in level.segments:
            row = segment.elements + PAD
            if row[0] == "NM1" and not named and len(entries) == 1:
                scope, named = scope.named(role, row), True
            elif not self.segment(segment, row, entries):
                self.leave(segment, level, "not all of it is known here")
        if entries[0].contact:
            scope = scope._replace(contact=entries[0].contact)
        if role == "patient":
            self.patient(level, scope, entries)
        else:
            self.whole(level, role, scope, entries)
        return scope

    def segment(self, segment: Segment, row: list[str], entries: list[Entry]) -> bool:
        """Read a segment into the entry at hand: TRN begins one, SVC one for a service."""
        name = row[0]
        if name == "TRN":
            kind: Kind = "claim" if entries[0].kind == "patient" else entries[0].kind
            entries.append(Entry(kind, self.answer.judge.lists))
        elif name == "SVC":
            last = entries[-1]
            entries.append(Entry("service", last.lists, claim=last.claim or last))
        step = STEPS.get(name)
        if step is None or not step(segment, row, entries[-1]):
            return False
        entries[-1].segments.append(segment)
        return True

    def patient(self, level: Level, scope: Scope, entries: list[Entry]) -> None:
        """Keep the claims of a patient with their services; what has no status stays unread."""
        claims: list[tuple[Entry, list[Entry]]] = []
        for entry in entries:
            if entry.claim is None:
                claims.append((entry, []))
            else:
                claims[-1][1].append(entry)
        for claim, services in claims:
            spoken = [entry for entry in services if entry.codes]
            if claim.codes or spoken:
                self.claim(scope, claim, spoken, len(spoken) < len(services))
            silent = [entry for entry in services if not entry.codes]
            for entry in silent if claim.codes or spoken else (claim, *silent):
                self.silent(entry, level)

    def claim(self, scope: Scope, claim: Entry, spoken: list[Entry], silent: bool) -> None:
        """Keep a claim and its services, and what counts over them."""
        answer, number = self.answer, len(self.answer.claims) + 1
        own = None
        if claim.codes:
            own = (len(answer.items), self.item(claim, scope, number))
            answer.items.append(own[1])
        services = []
        for entry in spoken:
            services.append((len(answer.items), self.item(entry, scope, number)))
            answer.items.append(services[-1][1])
        answer.claims.append(answer.judge.claim(number, own, Services(services, silent)))

    def whole(self, level: Level, role: Role, scope: Scope, entries: list[Entry]) -> None:
        """Keep statuses and totals of all that is below a payer, receiver or provider."""
        for entry in entries:
            if entry.codes:
                self.answer.items.append(self.item(entry, scope, None))
            if entry.totals or (not entry.codes and (entry.trace or entry.numbers)):
                self.answer.totals.append(
                    Totals(
                        level=role,
                        transaction=self.number,
                        who=getattr(scope, role),
                        trace_number=entry.trace,
                        numbers=tuple(entry.numbers),
                        **entry.totals,
                    )
                )
            elif not entry.codes and entry.contact is None:
                self.silent(entry, level)

    def item(self, entry: Entry, scope: Scope, claim: int | None) -> StatusItem:
        """One entry as it is answered."""
        ruling: Ruling = self.answer.judge.of(entry.codes)
        owner = entry.claim or entry
        service = entry.service
        return StatusItem(
            level=entry.kind,
            trace_number=owner.trace,
            payer_control_number=entry.payer_number or owner.payer_number,
            patient_control_number=entry.patient_number or owner.patient_number,
            member_id=scope.member,
            procedure=service.code if service else None,
            service_from=entry.start,
            service_to=entry.end,
            numbers=tuple(entry.numbers),
            messages=tuple(entry.messages),
            statuses=tuple(entry.codes),
            documents=tuple(dict.fromkeys(entry.documents)),
            must_act=ruling.category.must_act,
            guide=self.guide,
            transaction=self.number,
            claim=claim,
            payer=scope.payer,
            receiver=scope.receiver,
            provider=scope.provider,
            patient=scope.patient,
            service=service,
            effective=ruling.effective,
            action=ruling.category.action,
            due=entry.due or owner.due,
            contact=entry.contact or owner.contact or scope.contact,
            send_to=entry.send_to(),
            papers=tuple(entry.papers),
        )

    def silent(self, entry: Entry, level: Level) -> None:
        """Leave the segments of what has no status."""
        for segment in entry.segments:
            self.leave(segment, level, "it belongs to nothing that has a status")

    def leave(self, segment: Segment, level: Level | None, why: str) -> None:
        """Keep a segment that was not understood, as received."""
        self.answer.unread.append(
            Unread(
                loop=loop_of(segment, level),
                segment_id=segment.id if IDENTIFIER.match(segment.id) else None,
                segment=self.transaction.place(segment),
                why=why,
                elements=tuple(segment.elements[1:]),
            )
        )


def loop_of(segment: Segment, level: Level | None) -> str | None:
    """The loop a segment of a level stands in; of a level not known here, none."""
    if level is None or level.code not in LETTERS:
        return None
    loop = "2000"
    for before in level.segments:
        nested = before.id == "PWK" and loop >= "2220"
        loop = "2225" if nested else LOOPS.get(before.id, loop)
        if before is segment:
            break
    return loop + LETTERS[level.code]
