"""A 278 inquiry about an earlier request (005010X215), from BHT to the last service.

Source of the structure: the public HL7 Da Vinci PAS mapping of its inquiry, and the table
``guides/278-inquiry.yaml``. No text of the guide is used.
"""

from dataclasses import dataclass
from datetime import datetime

from nodes.case import PersonName, Provider, ServiceLine
from nodes.x12.guide import guide_for
from nodes.x12.numbers import originator
from nodes.x12.payer.companion import Profile, Reviewer
from nodes.x12.requesting.earlier import EarlierRequest
from nodes.x12.requesting.request_codes import CATEGORIES
from nodes.x12.requesting.sheet import Given, Sheet

GUIDE = "005010X215"
PURPOSE, KIND = "28", "RD"
QUALIFIERS = {"CPT": "HC", "HCPCS": "HC", "NDC": "N4"}


@dataclass(frozen=True, slots=True)
class Asking:
    """How it is asked: our number of this inquiry (BHT03), when, and whether by services too."""

    reference: str
    created: datetime
    services: bool


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry to be written; ``pointer`` is where the earlier request stands in the node's."""

    earlier: EarlierRequest
    pointer: str
    profile: Profile
    asking: Asking
    sheet: Sheet

    def write(self) -> Sheet:
        """All lines between ST and SE; what is missing is in the sheet's complaints."""
        self.heading()
        self.payer()
        self.requester()
        event = self.people() + 1
        self.event(event)
        for place, line in enumerate(self.services):
            self.service(place, line, event)
        return self.sheet

    @property
    def services(self) -> tuple[ServiceLine, ...]:
        """The services asked about, where it is asked by services."""
        return self.earlier.service_lines if self.asking.services else ()

    def level(self, loop: str, words: str, number: int, above: int, code: str, more: bool) -> None:
        """HL."""
        values = {"id": str(number), "level": code, "children": "1" if more else "0"}
        if above:
            values["parent"] = str(above)
        self.sheet.add(loop, f"Level {number}: {words}", "HL", **values)

    def heading(self) -> None:
        """BHT."""
        at, reference = self.asking.created, self.asking.reference
        self.sheet.add(
            None,
            f"Inquiry, reference {reference}, written {at:%Y-%m-%d %H:%M}",
            "BHT",
            structure="0007",
            purpose=PURPOSE,
            reference=reference,
            date=f"{at:%Y%m%d}",
            time=f"{at:%H%M}",
            kind=KIND,
        )

    def payer(self) -> None:
        """2000A: who decided, or will."""
        payer, pointer = self.earlier.coverage.payer, f"{self.pointer}/coverage/payer"
        known = self.profile.reviewer or Reviewer(source="none")
        name = known.name or self.sheet.text(f"{pointer}/name", payer.name, 60)
        code = known.id or self.sheet.text(f"{pointer}/id", payer.id, 80)
        self.level("2000A", "the organization that decides", 1, 0, "20", more=True)
        self.sheet.add(
            "2010A",
            f"Payer: {name}, payer id {code}",
            "NM1",
            entity=known.entity,
            type="2",
            name=name,
            id_qualifier=known.id_qualifier or "PI",
            id=code,
        )

    def requester(self) -> None:
        """2000B: who asked for the review."""
        requester, pointer = self.earlier.requester, f"{self.pointer}/requester"
        if not requester.npi:
            self.sheet.lack(f"{pointer}/npi", "the requester's NPI is required")
        self.level("2000B", "the requester", 2, 1, "21", more=True)
        self.party("2010B", pointer, "1P", "Requester", requester)

    def party(self, loop: str, pointer: str, entity: str, words: str, provider: Provider) -> None:
        """NM1 of a provider."""
        if not (provider.person or provider.organization):
            self.sheet.lack(f"{pointer}/organization", f"the {words.lower()}'s name is required")
        self.sheet.named_provider(loop, pointer, entity, words, provider, provider.npi)

    def people(self) -> int:
        """2000C and, when the patient is a dependent, 2000D; returns the patient's HL01."""
        coverage, patient = self.earlier.coverage, self.earlier.patient
        holder, name = coverage.subscriber, f"{self.pointer}/patient/name"
        own = bool(self.profile.members and self.profile.members.own_ids)
        self.level("2000C", "the subscriber", 3, 2, "22", more=True)
        if coverage.relationship == "self" or own:
            self.subscriber(name, patient.name)
            self.sheet.demographics("2010C", patient.birth_date, patient.sex)
            return 3
        where = f"{self.pointer}/coverage/subscriber"
        if holder is None:
            self.sheet.lack(where, "who holds the coverage is required")
            return 4
        self.subscriber(f"{where}/name", holder.name)
        self.sheet.demographics("2010C", holder.birth_date, holder.sex)
        self.level("2000D", "the patient, a dependent", 4, 3, "23", more=True)
        family, given, middle = self.sheet.name(name, patient.name)
        words = f"Patient: {', '.join(filter(None, (family, given, middle)))}"
        person = {"name": family, "given": given, "middle": middle}
        self.sheet.add("2010D", words, "NM1", entity="QC", type="1", **person)
        self.sheet.demographics("2010D", patient.birth_date, patient.sex)
        return 4

    def subscriber(self, pointer: str, name: PersonName) -> None:
        """NM1 of 2010C."""
        family, given, middle = self.sheet.name(pointer, name)
        where = f"{self.pointer}/coverage/member_id"
        member = self.sheet.text(where, self.earlier.coverage.member_id, 80)
        said = ", ".join(filter(None, (family, given, middle)))
        self.sheet.add(
            "2010C",
            f"Subscriber: {said}, member id {member}",
            "NM1",
            entity="IL",
            type="1",
            name=family,
            given=given,
            middle=middle,
            id_qualifier="MI",
            id=member,
        )

    def event(self, number: int) -> None:
        """2000E: which request; our trace number, the payer's numbers, what it was about."""
        earlier = self.earlier
        self.level(
            "2000E", "the request asked about", number, number - 1, "EV", bool(self.services)
        )
        trace = self.sheet.text(f"{self.pointer}/trace_number", earlier.trace, 50)
        origin = originator(earlier.requester.npi or "")
        words = f"Our trace number of the request {trace}"
        self.sheet.add("2000E", words, "TRN", kind="1", number=trace, originator=origin)
        service_type = earlier.service_type
        asked = {"category": CATEGORIES[earlier.category]}
        if service_type:
            asked["service_type"] = Given(f"{self.pointer}/service_type", service_type)
        words = f"The review asked for: {earlier.category.replace('_', ' ')}"
        self.sheet.add("2000E", words, "UM", **asked)
        for name, qualifier in (("authorization_number", "BB"), ("administrative_reference", "NT")):
            text = self.sheet.text(f"{self.pointer}/{name}", getattr(earlier, name), 50)
            if text:
                said = f"The payer's {name.replace('_', ' ')} {text}"
                self.sheet.add("2000E", said, "REF", qualifier=qualifier, number=text)
        if self.asking.services and earlier.performer:
            self.party("2010EA", f"{self.pointer}/performer", "SJ", "Performer", earlier.performer)

    def service(self, place: int, line: ServiceLine, event: int) -> None:
        """2000F: one service asked about."""
        pointer = f"{self.pointer}/service_lines/{place}"
        number = event + 1 + place
        self.level("2000F", f"service {place + 1}", number, event, "SS", more=False)
        if line.start:
            kind, span, said = self.sheet.span(f"{pointer}/start", line.start, line.end)
            words = f"Service dates {said}"
            self.sheet.add("2000F", words, "DTP", qualifier="472", format=kind, date=span)
        words = f"Service: {' '.join((line.system, line.code, *line.modifiers))}"
        if line.system == "REVENUE":
            code = Given(f"{pointer}/code", line.code.zfill(4))
            self.sheet.add("2000F", words, "SV2", revenue=code)
            return
        values: dict[str, str | Given] = {
            f"procedure__modifier{count}": Given(f"{pointer}/modifiers/{count - 1}", one)
            for count, one in enumerate(line.modifiers, start=1)
        }
        values["procedure__qualifier"] = QUALIFIERS[line.system]
        values["procedure__code"] = Given(f"{pointer}/code", line.code)
        self.sheet.add("2000F", words, "SV1", **values)


def write_inquiry(earlier: EarlierRequest, pointer: str, profile: Profile, asking: Asking) -> Sheet:
    """The lines of an inquiry, held against the guide's table."""
    writing = profile.writing
    characters = writing.characters if writing else "basic"
    sheet = Sheet(
        guide=guide_for("278", GUIDE, PURPOSE), characters=characters, unwanted=profile.unwanted
    )
    return Inquiry(earlier, pointer, profile, asking, sheet).write()
