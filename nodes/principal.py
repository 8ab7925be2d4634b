"""Who asks: the person or service behind a credential, and what they may do."""

from typing import Literal

from pydantic import Field

from nodes.audit import Model

Role = Literal["preparer", "reviewer", "submitter", "manager", "auditor"]


class Principal(Model):
    """A credential's holder, as the server knows them."""

    subject: str = Field(min_length=1, max_length=200, description="Stable id, no PHI")
    name: str = Field(min_length=1, max_length=200, description="As shown and attested")
    kind: Literal["person", "service"]
    roles: frozenset[Role]
    title: str | None = Field(default=None, max_length=100, description="Such as MD, DO, NP")
    nodes: frozenset[str] | None = Field(
        default=None, description="Names of the only nodes allowed; none: all their roles allow"
    )
