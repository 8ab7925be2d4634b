"""Speak DrChrono's REST API v4: lists page by page, and what is created.

Lists hold ``data`` (older answers ``results``) and ``next``, the whole address of the next page.
Source: the OpenAPI document of v4 (Hunt Valley), and app.drchrono.com/api-docs.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin

from nodes import http
from nodes.chart import Search
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.fhir import tree

PAGES = 40
PAGE_SIZE = 100
HEADERS = {"Accept": "application/json"}
Item = dict[str, Any]
Parameters = Sequence[tuple[str, str]]


@dataclass
class Listed:
    """What a list brought, and the failure that ended it early."""

    query: str
    items: list[Item] = field(default_factory=list)
    pages: int = 0
    failure: UpstreamFailed | None = None

    def whole(self) -> list[Item]:
        """All of it; raises what ended it early: nothing can be said of what was not seen."""
        if self.failure:
            raise self.failure
        return self.items

    def account(self, kept: int) -> Search:
        """Tell for the manifest what was asked."""
        return Search(
            query=self.query,
            pages=self.pages,
            read=len(self.items),
            kept=kept,
            truncated=self.failure is not None,
            lost=str(self.failure)[:500] if self.failure else None,
        )


class Rest:
    """DrChrono's REST API over a connection to the EHR's ``rest``."""

    def __init__(self, connection: Connection) -> None:
        """Speak over a connection whose address ends in ``/api``."""
        self._connection = connection
        self.base_url = connection.base_url
        self._lists: dict[str, Listed] = {}

    def once(self, path: str, parameters: Parameters) -> Listed:
        """List a path, or give what it brought before; a failure is not kept."""
        key = f"{path}?{urlencode(parameters)}"
        found = self._lists.get(key) or self.listed(path, parameters)
        if found.failure is None:
            self._lists[key] = found
        return found

    def forget(self, path: str) -> None:
        """Let go of what a path brought: something may have been written there."""
        self._lists = {
            key: found for key, found in self._lists.items() if not key.startswith(f"{path}?")
        }

    def listed(self, path: str, parameters: Parameters, page_size: int = PAGE_SIZE) -> Listed:
        """List a path, following the next links of the same origin; failures stand in the answer.

        A page that names itself again, or more pages than is sensible, ends it too.
        """
        found = Listed(f"drchrono {path}?" + "&".join(name for name, _ in parameters))
        query = urlencode([*parameters, ("page_size", str(page_size))])
        url: str | None = f"{self.base_url}/{path}?{query}"
        visited: set[str] = set()
        while url:
            visited.add(url)
            try:
                page = self._page(url)
            except UpstreamFailed as error:
                found.failure = error
                break
            found.pages += 1
            found.items += tree.items(page, "data") or tree.items(page, "results")
            wanted = tree.string(page, "next")
            url = urljoin(url, wanted) if wanted else None
            if url and (url in visited or found.pages >= PAGES):
                found.failure = UpstreamFailed("its pages go round, or are more than are read")
                break
        return found

    def _page(self, url: str) -> Any:
        answer = self._connection.get(url, HEADERS)
        page = parsed(answer)
        if answer.status != 200 or not isinstance(page, dict):
            raise UpstreamFailed(f"DrChrono answered a list with status {answer.status}")
        return page

    def sent(
        self, method: http.Method, path: str, body: bytes, headers: Mapping[str, str]
    ) -> http.Answer:
        """Write something, once; a refused credential is the one status judged here."""
        answer = self._connection.send(
            method, f"{self.base_url}/{path}", body, {**HEADERS, **headers}
        )
        if answer.status == 401:
            raise UpstreamFailed("DrChrono refused this server's credential")
        return answer


@dataclass(frozen=True)
class Outcome:
    """What became of a write: created (with the new id), refused, or not known."""

    kind: str
    id: str | None = None
    detail: str | None = None


def written(write: Callable[[], http.Answer], *, new: bool = False) -> Outcome:
    """Write once and judge: 2xx is done, 4xx refused, anything else not known.

    Of what is ``new`` the id must be told: 202, or an answer that names none, is not known.

    Raises UpstreamBusy when throttled or told when to come again, and UpstreamFailed where nothing
    was sent: then a retry is safe.
    """
    try:
        answer = write()
    except UpstreamBusy as busy:
        if busy.throttled or busy.retry_after is not None:
            raise
        return Outcome("unknown", detail="DrChrono was busy: look before sending again")
    except UpstreamTimeout:
        return Outcome("unknown", detail="DrChrono did not answer: look before sending again")
    if answer.status // 100 == 2:
        named = text(tree.field(parsed(answer), "id"))
        if new and (named is None or answer.status == 202):
            return Outcome("unknown", detail="DrChrono did not say what it made of it")
        return Outcome("created", id=named)
    if answer.status // 100 == 4:
        return Outcome("refused", detail=f"DrChrono refused it with status {answer.status}")
    return Outcome("unknown", detail=f"DrChrono answered with status {answer.status}")


def parsed(answer: http.Answer) -> Any:
    """Read an answer as JSON; None where it is not."""
    try:
        return tree.loads(answer.body)
    except ValueError:
        return None


def encoded(body: Any) -> tuple[bytes, dict[str, str]]:
    """Write a JSON body, and its header."""
    return json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}


def text(value: Any) -> str | None:
    """Give an id or a word as text: DrChrono writes ids as numbers and as strings."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return str(value).strip() or None


def number(value: object) -> str | None:
    """An id that is a number, as text."""
    found = text(value)
    return found if found and found.isascii() and found.isdigit() else None
