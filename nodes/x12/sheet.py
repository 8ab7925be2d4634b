"""A request sheet: the lines written so far, and what the case lacks to be written."""

import re
from dataclasses import dataclass, field
from datetime import date

from nodes.case import Address, Npi, PersonName, Provider, Sex
from nodes.errors import Complaint
from nodes.x12.characters import fold
from nodes.x12.writing import Element, Line

SEXES: dict[Sex, str] = {"female": "F", "male": "M", "unknown": "U"}


@dataclass(slots=True)
class Sheet:
    """Collects lines and complaints; a sheet with complaints is never sent."""

    lines: list[Line] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def add(self, loop: str | None, words: str, segment: str, *elements: Element) -> None:
        """Write one line."""
        self.lines.append(Line(loop, words, segment, elements))

    def lack(self, pointer: str, detail: str) -> str:
        """Note what has to be mended, and write nothing in its place."""
        self.complaints.append(Complaint(pointer, detail))
        return ""

    def text(self, pointer: str, value: str | None, most: int) -> str:
        """A text as X12 can carry it: upper-case ASCII, never cut."""
        if value is None:
            return ""
        written = fold(value)
        if written is None:
            return self.lack(pointer, "it has letters that X12 cannot carry: spell it in A to Z")
        if len(written) > most:
            return self.lack(pointer, f"X12 takes at most {most} characters here")
        return written

    def phone(self, pointer: str, value: str | None) -> str:
        """A telephone number as ten digits."""
        if value is None:
            return ""
        digits = re.sub(r"\D", "", value)
        digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        return digits if len(digits) == 10 else self.lack(pointer, "a phone number has ten digits")

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
            self.text(f"{pointer}/lines/{place}", line, 55)
            for place, line in enumerate(address.lines)
        ]
        city = self.text(f"{pointer}/city", address.city, 30)
        postal = address.postal_code.replace("-", "")
        self.add(loop, f"Street: {', '.join(lines)}", "N3", *lines)
        self.add(loop, f"City: {city}, {address.state} {postal}", "N4", city, address.state, postal)

    def demographics(self, loop: str, born: date | None, sex: Sex) -> None:
        """DMG; nothing is written where nothing is known."""
        if born is None and sex == "unknown":
            return
        when = ("D8", f"{born:%Y%m%d}") if born else ("", "")
        said = f"born {born:%Y-%m-%d}" if born else "birth date not stated"
        self.add(loop, f"Demographics: {said}, {sex}", "DMG", *when, SEXES[sex])

    def provider(
        self, loop: str, pointer: str, entity: str, words: str, provider: Provider, npi: Npi | None
    ) -> None:
        """NM1, N3, N4 and PER of a provider."""
        if provider.person:
            kind, names = "1", self.name(f"{pointer}/person", provider.person)
        else:
            name = self.text(f"{pointer}/organization", provider.organization, 60)
            kind, names = "2", (name, "", "")
        identity = ("XX", npi) if npi else ("", "")
        said = f"{words}: {', '.join(filter(None, names))}, NPI {npi or 'not stated'}"
        self.add(loop, said, "NM1", entity, kind, *names, "", "", *identity)
        self.address(loop, f"{pointer}/address", provider.address)
        self.contact(loop, pointer, provider)

    def contact(self, loop: str, pointer: str, provider: Provider) -> None:
        """PER with phone and fax."""
        phone = self.phone(f"{pointer}/phone", provider.phone)
        fax = self.phone(f"{pointer}/fax", provider.fax)
        ways = [*(("TE", phone) if phone else ()), *(("FX", fax) if fax else ())]
        if ways:
            said = ", ".join(filter(None, (phone and f"phone {phone}", fax and f"fax {fax}")))
            self.add(loop, f"Contact: {said}", "PER", "IC", "", *ways)
