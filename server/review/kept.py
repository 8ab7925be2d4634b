"""What a reviewer had typed when their session ended: it comes back after signing in.

Only from a page that we showed to the same person, and only into the form: a decision is made
again, never replayed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from nodes.principal import Principal
from server.review.forgery import shown_to


@dataclass(frozen=True)
class Kept:
    """The typed fields of a page, the case it was about, and the page's own token."""

    case_id: str
    page: str
    typed: dict[str, str]

    def is_of(self, reader: Principal) -> bool:
        """Whether it was typed by this person."""
        return shown_to(self.page) == reader.subject

    def fields(self) -> Iterator[tuple[str, str]]:
        """Give what the sign-in page carries, hidden."""
        yield from self.typed.items()
        yield from (("kept-case", self.case_id), ("kept-page", self.page))


def of_lost() -> Kept | None:
    """Keep what a POST about a case brought, if it was typed on a page of ours."""
    case_id = (request.view_args or {}).get("case_id", "")
    return kept(str(case_id), request.form.get("csrf", ""))


def of_sign_in() -> Kept | None:
    """Keep what the sign-in page carries."""
    return kept(request.form.get("kept-case", ""), request.form.get("kept-page", ""))


def kept(case_id: str, page: str) -> Kept | None:
    """Take the typed fields of this POST."""
    if not case_id or not shown_to(page):
        return None
    names = [
        each
        for each in request.form
        if each.startswith("sentence-") or each in ("reason", "original")
    ]
    return Kept(case_id, page, {name: request.form[name] for name in names})
