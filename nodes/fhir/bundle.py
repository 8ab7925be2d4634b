"""A page of a search as servers write it: its entries, where the next one is, how many there are.

What cannot be read is said to be so, and never taken for nothing: a chart would lack what stands
there, and look complete.
"""

from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from nodes.fhir import tree
from nodes.fhir.tree import Resource

MOST = Decimal(10**9)
UNREADABLE_LINKS = "the page's links are not readable: whether there is more is not known"
NO_PLACE = "there is a next page, and its link does not say where"


def unusable(bundle: Resource) -> str | None:
    """Say why nothing on a page can be read as found by a search; None: it can."""
    kind = bundle.get("type")
    if kind is not None and (not isinstance(kind, str) or kind.strip().lower() != "searchset"):
        return "the EHR answered a search with a Bundle of another type"
    return None if listed(bundle) is not None else "a page has no readable list of entries"


def listed(bundle: Resource) -> list[Any] | None:
    """Give the entries; one that is not in a list counts as one; None where there is no list."""
    entries = bundle.get("entry")
    if entries is None or isinstance(entries, list):
        return entries or []
    return [entries] if isinstance(entries, dict) and "resource" in entries else None


def following(bundle: Resource) -> tuple[str | None, str | None]:
    """Give the link to the next page as written, and what is wrong with what says there is one.

    ``Next`` counts as ``next``, and the names ``rel`` and ``href`` as ``relation`` and ``url``:
    nothing else can be meant.
    """
    links = bundle.get("link")
    links = links if isinstance(links, list) else [links]
    wanted = [link for link in links if isinstance(link, dict) and "next" in _relations(link)]
    found = (tree.string(link, name) for link in wanted for name in ("url", "href"))
    url = next((said for said in found if said), None)
    if url or wanted:
        return url, None if url else NO_PLACE
    unclear = (
        not (isinstance(link, dict) and _relations(link)) for link in links if link is not None
    )
    return None, UNREADABLE_LINKS if any(unclear) else None


def _relations(link: Resource) -> set[str]:
    said = (one for name in ("relation", "rel") for one in tree.strings(link.get(name)))
    return {one.lower() for one in said}


def placed(link: str, url: str) -> str | None:
    """Give the address a link on the page at ``url`` leads to; None where readers would differ.

    A path with dots for a step up is refused: who sends it may mean another place than who reads
    it does.
    """
    try:
        found = urljoin(url, link)
        steps = unquote(urlsplit(found).path).replace("\\", "/").split("/")
    except ValueError:
        return None
    return None if {".", ".."} & set(steps) else found


def total(bundle: Resource) -> int | None:
    """Give how many resources match, as the EHR counts; where it estimates, about as many."""
    count = tree.number(bundle, "total")
    return int(min(count, MOST)) if count is not None and count >= 0 else None
