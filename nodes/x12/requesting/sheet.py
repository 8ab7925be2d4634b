"""A request sheet: the lines written so far, and what the case lacks to be written."""

import re
from dataclasses import dataclass, field
from datetime import date

from nodes.case import Address, Npi, PersonName, Provider, Sex
from nodes.errors import Complaint
from nodes.x12 import uses
from nodes.x12.characters import SETS, CharacterSet, fold, spell
from nodes.x12.guide import Guide
from nodes.x12.laid import laid
from nodes.x12.payer.companion import Unwanted
from nodes.x12.requesting.untold import Omitted
from nodes.x12.requesting.writing import Element, Line, eight_digits
from nodes.x12.requesting.writing import Given as Given

SEXES: dict[Sex, str] = {"female": "F", "male": "M", "unknown": "U"}
PEOPLE = {"N3", "N4", "PER", "PRV", "REF", "DMG", "INS"}
UNWRITABLE = "it has characters that X12 cannot carry: write it with A to Z, digits and plain signs"
SIGNS = "A to Z, 0 to 9, blanks and ! \" & ' ( ) * + , - . / : ; ? ="


def refuses(unwanted: Unwanted, line: Line) -> bool:
    """Whether a payer does not take this line."""
    return unwanted.segment == line.id and unwanted.loop in (None, line.loop)


@dataclass(slots=True)
class Sheet:
    """Collects lines and complaints; a sheet with complaints is never sent.

    With a guide, each line is held against its table: what comes from the case and does not fit
    is a complaint, what is ours and does not fit is an error.
    """

    guide: Guide | None = None
    characters: CharacterSet = "extended"
    unwanted: tuple[Unwanted, ...] = ()
    lines: list[Line] = field(default_factory=list)
    left_out: list[Omitted] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def add(
        self, loop: str | None, words: str, segment: str, *elements: Element, **values: str
    ) -> None:
        """Write one line, its values by the dictionary's names, such as ``place__code`` of UM."""
        dotted = {name.replace("__", "."): value for name, value in values.items()}
        line = Line(loop, words, segment, elements or laid(segment, dotted))
        refusal = next((one for one in self.unwanted if refuses(one, line)), None)
        if refusal is not None:
            self.leave(line, refusal.words)
            return
        if self.guide:
            self.check(self.guide, line)
        self.lines.append(line)

    def leave(self, line: Line, why: str) -> None:
        """Leave out what a payer does not take: who people are, with a note; care, never."""
        given: list[str | None] = [text.pointer for text in line.texts if isinstance(text, Given)]
        if line.id in PEOPLE and (line.loop or "").startswith("2010"):
            self.left_out += [Omitted(one, line.words, line.loop) for one in given or [None]]
        elif given and given[0]:
            self.lack(given[0], f"this payer does not take it: {why}")

    def check(self, guide: Guide, line: Line) -> None:
        """Hold a line against its use in the table."""
        loop, segment = line.loop or uses.HEADER, line.id
        use = uses.use_of(guide, loop, segment, line.elements)
        if use is None:
            key = next((text for text in line.texts if isinstance(text, Given)), None)
            if key is None:
                raise LookupError(f"{guide.id} has no such {segment} in {loop}")
            self.lack(key.pointer, "a 278 takes no such code here")
            return
        for misfit in uses.misfits(guide, loop, use, line.elements):
            if isinstance(misfit.value, Given):
                self.lack(misfit.value.pointer, misfit.words)
            elif not self.complaints:
                raise LookupError(f"{loop} {use.name} {segment}-{misfit.place}: {misfit.words}")

    def lack(self, pointer: str, detail: str) -> str:
        """Note what has to be mended, once, and write nothing in its place."""
        complaint = Complaint(pointer, detail)
        if complaint not in self.complaints:
            self.complaints.append(complaint)
        return ""

    def text(self, pointer: str, value: str | None, most: int = 500) -> str:
        """A name or number as X12 can carry it: upper-case ASCII, never cut."""
        if value is None:
            return ""
        written = fold(value)
        if not written:
            return self.lack(pointer, UNWRITABLE)
        if not SETS[self.characters].fullmatch(written):
            return self.lack(pointer, f"this payer takes only {SIGNS}: write it with them")
        if len(written) > most:
            return self.lack(pointer, f"X12 takes at most {most} characters here")
        return Given(pointer, written)

    def prose(self, pointer: str, value: str | None) -> str:
        """A text for people; signs this payer does not take are spelled out."""
        written = fold(value) if value and self.characters == "basic" else None
        return self.text(pointer, spell(written) if written else value)

    def day(self, pointer: str, value: date | None) -> str:
        """A date, CCYYMMDD."""
        return Given(pointer, eight_digits(value)) if value else ""

    def span(self, pointer: str, first: date, last: date | None) -> tuple[str, str, str]:
        """A day or a span of days: its format, its value, and how we say it."""
        if last is None or last == first:
            return "D8", self.day(pointer, first), f"{first}"
        return (
            "RD8",
            Given(pointer, f"{eight_digits(first)}-{eight_digits(last)}"),
            f"{first} to {last}",
        )

    def phone(self, pointer: str, value: str | None) -> str:
        """A telephone number as ten digits."""
        if value is None:
            return ""
        digits = re.sub(r"\D", "", value)
        digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        if len(digits) != 10 or not digits.isascii():
            return self.lack(pointer, "a phone number has ten digits")
        return Given(pointer, digits)

    def name(self, pointer: str, name: PersonName) -> tuple[str, str, str]:
        """NM103 to NM105 of a person."""
        return (
            self.text(f"{pointer}/family", name.family, 60),
            self.text(f"{pointer}/given", name.given, 35),
            self.text(f"{pointer}/middle", name.middle, 25),
        )

    def address(self, loop: str, pointer: str, address: Address | None) -> None:
        """N3 and N4."""
        if address is None:
            return
        lines = [
            self.prose(f"{pointer}/lines/{place}", line) for place, line in enumerate(address.lines)
        ]
        city = self.prose(f"{pointer}/city", address.city)
        state = Given(f"{pointer}/state", address.state)
        postal = Given(f"{pointer}/postal_code", address.postal_code.replace("-", ""))
        named = {f"line{number}": line for number, line in enumerate(lines, start=1)}
        self.add(loop, f"Street: {', '.join(lines)}", "N3", **named)
        words = f"City: {city}, {state} {postal}"
        self.add(loop, words, "N4", city=city, state=state, postal_code=postal)

    def demographics(
        self, loop: str, born: date | None, sex: Sex, pointer: str = "/case/patient"
    ) -> None:
        """DMG; it needs the birth date."""
        if born:
            words = f"Demographics: born {born:%Y-%m-%d}, {sex}"
            born_on = self.day(f"{pointer}/birth_date", born)
            self.add(loop, words, "DMG", date_format="D8", birth_date=born_on, sex=SEXES[sex])

    def provider(
        self, loop: str, pointer: str, entity: str, words: str, provider: Provider, npi: Npi | None
    ) -> None:
        """NM1, N3, N4 and PER of a provider."""
        self.named_provider(loop, pointer, entity, words, provider, npi)
        self.address(loop, f"{pointer}/address", provider.address)
        self.contact(loop, pointer, provider)

    def named_provider(
        self, loop: str, pointer: str, entity: str, words: str, provider: Provider, npi: Npi | None
    ) -> None:
        """NM1 of a provider."""
        if provider.person:
            kind, names = "1", self.name(f"{pointer}/person", provider.person)
        else:
            name = self.text(f"{pointer}/organization", provider.organization, 60)
            kind, names = "2", (name, "", "")
        identity = {"id_qualifier": "XX", "id": Given(f"{pointer}/npi", npi)} if npi else {}
        said = f"{words}: {', '.join(filter(None, names))}, NPI {npi or 'not stated'}"
        named = dict(zip(("name", "given", "middle"), names, strict=True))
        self.add(loop, said, "NM1", entity=entity, type=kind, **named, **identity)

    def contact(self, loop: str, pointer: str, provider: Provider) -> None:
        """PER with whom to ask for, phone and fax."""
        phone = self.phone(f"{pointer}/phone", provider.phone)
        fax = self.phone(f"{pointer}/fax", provider.fax)
        asked = self.text(f"{pointer}/contact", provider.contact)
        ways = [*([("TE", phone)] if phone else []), *([("FX", fax)] if fax else [])]
        if not ways and not asked:
            return
        said = filter(None, (asked, phone and f"phone {phone}", fax and f"fax {fax}"))
        values = {"function": "IC", "name": asked}
        for number, (way, to) in enumerate(ways, start=1):
            values |= {f"qualifier{number}": way, f"number{number}": to}
        self.add(loop, f"Contact: {', '.join(said)}", "PER", **values)
