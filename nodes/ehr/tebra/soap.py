"""Call an operation of Tebra's SOAP API 2.1: one envelope out, one result or a reason back.

SOAP 1.1, document/literal, every element in one namespace and in the order of the WSDL: what
stands out of order is silently ignored there. Verified against a public copy of the WSDL: the
header (ClientVersion, CustomerKey, Password, User), the ``request`` element, actions and results'
names, ErrorResponse and SecurityResponse by what its users publish. Tebra's own guide comes with
the customer key and was not read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nodes.ehr.account import Soap
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamBusy, UpstreamFailed

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
API = "http://www.kareo.com/api/schemas/"
# Characters that XML 1.0 cannot carry, not even escaped.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Parts = Sequence[tuple[str, "str | Parts"]]


@dataclass(frozen=True)
class Result:
    """What an operation gave, or why not: ``refused`` it did not act, ``doubt`` it may have."""

    element: Element | None = None
    refused: str | None = None
    doubt: str | None = None

    def sure(self) -> Element:
        """The result; raises UpstreamFailed where there is none."""
        if self.element is None:
            raise UpstreamFailed(self.refused or self.doubt or "Tebra gave no result")
        return self.element


class Service:
    """The SOAP API over a connection to the EHR's ``soap``."""

    def __init__(self, connection: Connection, account: Soap) -> None:
        """Speak as a user of the practice."""
        self._connection, self._account = connection, account
        self.practice = account.practice

    def call(self, operation: str, parts: Parts) -> Result:
        """Call an operation once; parts are the request's elements in their order.

        Raises UpstreamFailed where the API refuses who asks, UpstreamBusy where it throttles, and
        what the connection raises. No answer's words are passed on: they may name a patient.
        """
        answer = self._connection.send(
            "POST",
            self._connection.base_url,
            self.envelope(operation, parts),
            {
                "Content-Type": "text/xml; charset=utf-8",
                "SOAPAction": f'"{API}KareoServices/{operation}"',
                "Accept": "text/xml",
            },
        )
        try:
            root = fromstring(answer.body, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            return Result(doubt=f"Tebra answered {operation} with something else than SOAP")
        fault = root.find(f"{{{ENVELOPE}}}Body/{{{ENVELOPE}}}Fault")
        if fault is not None:
            return faulted(operation, fault)
        path = f"{{{ENVELOPE}}}Body/{{{API}}}{operation}Response/{{{API}}}{operation}Result"
        found = root.find(path)
        if found is None or answer.status != 200:
            return Result(doubt=f"Tebra answered {operation} without a result")
        return judged(operation, found)

    def envelope(self, operation: str, parts: Parts) -> bytes:
        """Write the envelope of an operation."""
        root = Element(f"{{{ENVELOPE}}}Envelope")
        body = SubElement(root, f"{{{ENVELOPE}}}Body")
        held = self._account
        header = (
            ("CustomerKey", held.customer_key.get_secret_value()),
            ("Password", held.password.get_secret_value()),
            ("User", held.user.get_secret_value()),
        )
        request: Parts = (("request", (("RequestHeader", header), *parts)),)
        add(SubElement(body, f"{{{API}}}{operation}"), request)
        return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def add(parent: Element, parts: Parts) -> None:
    """Put elements into one, in their order."""
    for name, value in parts:
        child = SubElement(parent, f"{{{API}}}{name}")
        if isinstance(value, str):
            child.text = UNFIT.sub("", value)
        else:
            add(child, value)


def faulted(operation: str, fault: Element) -> Result:
    """Judge a fault: Client, the message was not acted upon; else nobody knows."""
    code = (fault.findtext("faultcode") or "").rpartition(":")[2].lower()
    said = (fault.findtext("faultstring") or "").lower()
    if "throttl" in said:
        raise UpstreamBusy("Tebra asked to be left alone for a while", throttled=True)
    if code.startswith("client") or "deserializ" in f"{code} {said}":
        return Result(refused=f"Tebra could not read {operation}")
    return Result(doubt=f"Tebra failed at {operation}")


def judged(operation: str, found: Element) -> Result:
    """Look at who was let in, and at whether the operation says it failed."""
    security = found.find(f"{{{API}}}SecurityResponse")
    if says(security, "Authenticated", "false"):
        raise UpstreamFailed("Tebra refused the customer key, the user or the password")
    if says(security, "Authorized", "false"):
        raise UpstreamFailed(f"Tebra does not let this user call {operation}")
    error = found.find(f"{{{API}}}ErrorResponse")
    if says(error, "IsError", "true"):
        words = (textof(error, "ErrorMessage") or "").lower()
        if "throttl" in words:
            raise UpstreamBusy("Tebra asked to be left alone for a while", throttled=True)
        return Result(refused=f"Tebra refused {operation}")
    return Result(element=found)


def says(element: Element | None, name: str, value: str) -> bool:
    """Whether a child says a word."""
    return (textof(element, name) or "").lower() == value


def textof(element: Element | None, name: str) -> str | None:
    """The words of a child, tidied; None where there are none."""
    found = None if element is None else element.findtext(f"{{{API}}}{name}")
    return " ".join(found.split()) or None if found else None
