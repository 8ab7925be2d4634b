"""Messages to patients: templates that people edit, one file per language."""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from nodes.audit import Model, Used, sha256
from nodes.case import ServiceLine
from nodes.datafile import parse
from nodes.suspicion.found import suspicious

Language = Literal["en", "es"]
Status = Literal[
    "received",
    "sent",
    "more_information",
    "approved",
    "partly_approved",
    "denied",
    "appeal_sent",
    "appeal_reminder",
    "appointment_reminder",
]
NextStep = Literal["we_answer", "we_appeal", "we_schedule", "doctor_calls", "please_call"]
SLOT = re.compile(r"\{([a-z]+)\}")
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ONE_SEGMENT = 160
WORDY = 80
CODED = re.compile(r"\d{3}|[A-Z]\d{2}|[^\w\s,'/()-]|\b(?:w/?o?|wo|s/p|dx|hx|ICD|CPT|HCPCS)\b", re.I)


class Line(Model):
    """A line of a message, and when it is said."""

    say: str
    many: str | None = None
    without: str | None = None
    step: NextStep | None = None


class Message(Model):
    """A status as it is told."""

    subject: str
    lines: tuple[Line, ...]


class Messages(Model):
    """The file of a language."""

    id: str
    version: str
    source: str
    effective: datetime.date
    language: Language
    greeting: str
    greeting_unknown: str
    closing: tuple[str, ...]
    questions: str
    questions_unknown: str
    conjunction: str = Field(alias="and")
    service: str
    date: str
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    sms: str
    sms_unknown: str
    email_subject: str
    email: tuple[str, ...]
    email_unknown: tuple[str, ...]
    statuses: dict[Status, Message]

    def on(self, day: datetime.date) -> str:
        """A date as the reader writes it."""
        month = self.months[day.month - 1]
        return self.date.format(month=month, day=day.day, year=day.year)

    def listed(self, words: tuple[str, ...]) -> str:
        """Several things in a row."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.conjunction} {words[-1]}"


class Services(Model):
    """Plain words of services by code and language."""

    id: str
    version: str
    source: str
    effective: datetime.date
    services: dict[str, dict[Language, str]]


@cache
def messages(language: Language) -> tuple[Messages, Used]:
    """The templates of a language, and the record of what was used."""
    raw = (files("nodes") / "writing" / "messages" / f"{language}.yaml").read_bytes()
    read = parse(raw, Messages, "messages", f"{language}.yaml")
    return read, Used(kind="table", id=read.id, version=read.version, sha256=sha256(raw))


@cache
def services() -> tuple[Services, Used]:
    """The plain words of services, and the record of what was used."""
    raw = (files("nodes") / "writing" / "messages" / "services.yaml").read_bytes()
    read = parse(raw, Services, "messages' services", "services.yaml")
    return read, Used(kind="table", id=read.id, version=read.version, sha256=sha256(raw))


def said_service(lines: tuple[ServiceLine, ...], told: Messages) -> tuple[str, bool]:
    """The services in plain words, and whether they are several; those without words once."""
    words = tuple(dict.fromkeys(_plain(line, told) for line in lines)) or (told.service,)
    return told.listed(words), len(words) > 1


def _plain(line: ServiceLine, told: Messages) -> str:
    """Our plain words, else an English order's own display where it is plain; never a code."""
    known = services()[0].services.get(line.code)
    if known and told.language in known:
        return known[told.language]
    display = " ".join((line.display or "").split())
    plain = told.language == "en" and 0 < len(display) <= WORDY and not CODED.search(display)
    return display if plain and not suspicious(display) else told.service


def filled(
    lines: tuple[Line, ...], values: Mapping[str, str], many: bool, step: str | None
) -> list[str]:
    """The lines whose values are all known, filled in."""
    found = []
    for line in lines:
        text = line.many if many and line.many else line.say
        wanted = set(SLOT.findall(text))
        if line.without in values or not wanted <= set(values) or line.step not in (None, step):
            continue
        found.append(SLOT.sub(lambda slot: values[slot[1]], text))
    return found


def one_segment(text: str) -> bool:
    """Whether an SMS is one segment in the alphabet of GSM 03.38."""
    return len(text) <= ONE_SEGMENT and set(text) <= GSM
