"""Whether what an announcement refers to is in the configured EHR; another server is refused."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from nodes.errors import Complaint, Refused

REFERENCE = re.compile(r"[A-Z][A-Za-z]{1,63}/(?!\.+$)[A-Za-z0-9\-._]{1,200}")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Origin:
    """The FHIR address of the EHR that the announcement is taken from."""

    base_url: str

    def reference(self, said: str | None, pointer: str) -> str | None:
        """Give a reference as ``Type/id``, without its version; None where it is none.

        Raises Refused for an absolute address that is not the configured EHR's.
        """
        if said is None or said.startswith(("#", "urn:")):
            return None
        if "://" in said or said.startswith("//"):
            self.must_own(said, pointer)
            base = len([part for part in urlsplit(self.base_url).path.split("/") if part])
            said = "/".join([part for part in urlsplit(said).path.split("/") if part][base:])
        kind, _, rest = said.removeprefix("/").partition("/")
        short = f"{kind}/{rest.partition('/')[0]}"
        return short if REFERENCE.fullmatch(short) else None

    def must_own(self, address: str, pointer: str) -> None:
        """Refuse an address outside the configured EHR."""
        if not self._owns(address):
            raise Refused(
                "the announcement is about a server that is not the configured EHR",
                [Complaint(pointer, "an address of the configured EHR, or a relative reference")],
            )

    def _owns(self, address: str) -> bool:
        ours, path = _place(self.base_url)
        theirs, asked = _place(address)
        whole = f"{asked.rstrip('/')}/"
        return ours is not None and ours == theirs and whole.startswith(f"{path.rstrip('/')}/")


def _place(address: str) -> tuple[tuple[str, str, int | None] | None, str]:
    """Give scheme, host and port, and the path; None for what is no plain http address."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None, ""
    odd = parts.username is not None or "/../" in f"{parts.path}/" or "\\" in address
    if parts.scheme not in PORTS or not parts.hostname or odd:
        return None, ""
    return (parts.scheme, parts.hostname, port), parts.path
