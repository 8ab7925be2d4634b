"""What a check of a policy file finds: where, how grave, and how to mend it."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model

MOST = 200


class Remark(Model):
    """One thing to mend in a policy file."""

    file: str
    path: str = Field(description="Place in the file, or the criterion's id")
    severity: Literal["error", "warning"]
    code: str = Field(description="Which check: stable, for filters")
    told: str
    mend: str = Field(description="How")


class Remarks:
    """Collects remarks on one file; after two hundred only errors, at most four hundred."""

    def __init__(self, file: str) -> None:
        """Name the file."""
        self.file, self.found = file, list[Remark]()

    def error(self, path: str, code: str, told: str, mend: str) -> None:
        """Add what makes the policy wrong."""
        self._add("error", path, code, told, mend)

    def warning(self, path: str, code: str, told: str, mend: str) -> None:
        """Add what should be looked at."""
        self._add("warning", path, code, told, mend)

    def _add(
        self, severity: Literal["error", "warning"], path: str, code: str, told: str, mend: str
    ) -> None:
        remark = Remark(
            file=self.file, path=path, severity=severity, code=code, told=told, mend=mend
        )
        if len(self.found) < (MOST if severity == "warning" else 2 * MOST):
            self.found.append(remark)
