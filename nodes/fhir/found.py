"""What a search brought, what went wrong in it, and how its EHR wants to be asked."""

from dataclasses import dataclass, field
from typing import Any

from nodes.chart import Search, Skipped
from nodes.ehr.vendor import Fhir
from nodes.fhir.tree import Resource

SKIPPED = 200


@dataclass
class Found:
    """What a search brought: the resources of the patient asked about, and what went wrong.

    ``query`` is for the manifest: parameters without their values, dates excepted. ``status`` is
    the EHR's refusal of the whole search. ``kept`` is set by who considers the resources.
    """

    query: str = ""
    pages: int = 0
    received: int = 0
    resources: dict[str, Resource] = field(default_factory=dict)
    truncated: bool = False
    kept: int | None = None
    status: int | None = None
    lost: str | None = None
    warnings: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def lose(self, why: str) -> None:
        """Say what is missing and why; the first reason stands."""
        self.truncated = True
        self.lost = self.lost or why

    def skip(self, what: str, reason: Any, detail: str) -> None:
        """Report one thing that was received and is not used; of very many, how many more."""
        if len(self.skipped) < SKIPPED:
            self.skipped.append(Skipped(what=what, reason=reason, detail=detail))
        elif len(self.skipped) == SKIPPED:
            self.warnings.append(f"{self.query.partition('?')[0]}: more was skipped than is listed")
            self.skipped.append(Skipped(what=what, reason=reason, detail=detail))

    def said(self) -> Search:
        """Tell it for the manifest."""
        return Search(
            query=self.query,
            pages=self.pages,
            read=self.received,
            kept=len(self.resources) if self.kept is None else self.kept,
            truncated=self.truncated,
            lost=self.lost,
        )


@dataclass
class Manner:
    """How this EHR takes a search, as far as it has shown; all searches of a client share it."""

    fhir: Fhir
    count: bool = True
    strict: bool = True
    proved: bool = False
    bytes: int = 0

    def takes(self, count: bool, strict: bool) -> None:
        """Note that it took a search asked so."""
        self.count, self.strict, self.proved = self.count and count, self.strict and strict, True
