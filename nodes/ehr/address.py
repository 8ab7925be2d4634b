"""Which addresses are the same system, read so narrowly that no two readers can disagree.

Before its path an address is a scheme, a host and perhaps a port. Userinfo, backslashes,
percent-encoded or non-ASCII hosts and zone ids there, and control characters anywhere, are
refused: libraries read them differently, and so a server is made to call elsewhere.
"""

import re
from ipaddress import IPv6Address, ip_address

ABSOLUTE = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9][a-z0-9._\-]{0,252}|\[[0-9a-f:.]{2,45}\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?:[/?#][^\x00-\x1f\x7f]*)?",
    re.IGNORECASE | re.ASCII,
)
PORTS = {"http": 80, "https": 443}
Origin = tuple[str, str, int]


def origin(url: str) -> Origin | None:
    """Scheme, host and port of an absolute address; None where it is not plainly one."""
    found = ABSOLUTE.fullmatch(url)
    if found is None:
        return None
    scheme, host = found["scheme"].lower(), found["host"].lower()
    port = int(found["port"]) if found["port"] else PORTS[scheme]
    if host.startswith("["):
        try:
            host = f"[{IPv6Address(host[1:-1])}]"
        except ValueError:
            return None
    return (scheme, host, port) if 0 < port < 65_536 else None


def same(url: str, base_url: str) -> bool:
    """Whether both are plain addresses of one scheme, host and port."""
    wanted = origin(url)
    return wanted is not None and wanted == origin(base_url)


def private(url: str) -> bool:
    """Whether nobody else can listen: TLS, or this machine itself."""
    found = origin(url)
    if found is None:
        return False
    scheme, host, _ = found
    if scheme == "https" or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
