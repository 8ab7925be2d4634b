"""What a search brought, what went wrong in it, and how its EHR wants to be asked."""

from dataclasses import dataclass, field
from typing import Any

from nodes.chart import Search, Skipped
from nodes.ehr.vendor import Fhir
from nodes.fhir.tree import Resource

SKIPPED = 200
MOST = 0.9
ABROAD = "it names its patient at another address than this EHR's"
ALIASES = "where that address is this EHR's too, add it to `aliases` of the EHR's settings"


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
    rejected: int = 0
    abroad: int = 0

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

    def reject(self, what: str, reason: Any, detail: str, abroad: bool) -> None:
        """Report what is not the patient's, or names them at an address that is not the EHR's."""
        self.rejected += 1
        self.abroad += abroad
        self.skip(what, reason, ABROAD if abroad else detail)

    def weigh(self, accepted: int) -> None:
        """Say when little or nothing of what came counts: the chart may lack what is theirs.

        Nothing at all, or most of it at another address, is a loss; it may be the same EHR there.
        """
        came = accepted + self.rejected
        said = f"{self.rejected} of {came} that came do not name the patient at this EHR"
        hint = f"; {self.abroad} name one at another address: {ALIASES}" if self.abroad else ""
        if self.rejected and (not accepted or self.abroad > accepted):
            self.lose(said + hint)
        elif self.abroad or self.rejected > MOST * came:
            self.warnings.append(f"{self.query.partition('?')[0]}: {said}{hint}")

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
    aliases: tuple[str, ...] = ()
    count: bool = True
    strict: bool = True
    proved: bool = False
    bytes: int = 0

    def takes(self, count: bool, strict: bool) -> None:
        """Note that it took a search asked so."""
        self.count, self.strict, self.proved = self.count and count, self.strict and strict, True
