"""Where Claude is asked, as an installation configures it."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, StringConstraints, model_validator

from nodes.audit import Model
from nodes.ehr import address
from nodes.ehr.account import Address, Said

RETAINS = re.compile("fable|mythos")


class ModelEndpoint(Model):
    """Claude, for what a model writes; without a key no model is asked.

    ``provider``: Anthropic itself, or a cloud with its own names, regions and credentials.
    Models that keep what they are sent for 30 days are refused unless ``retention: true``.
    """

    provider: Literal["anthropic", "bedrock", "bedrock_mantle", "vertex", "foundry"] = "anthropic"
    key: SecretStr | None = Field(
        default=None,
        description="None: ANTHROPIC_API_KEY; of Foundry ANTHROPIC_FOUNDRY_API_KEY; of Bedrock and"
        " Vertex a bearer token in place of the machine's credentials",
    )
    base_url: Address | None = Field(default=None, description="None: the provider's own")
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.:@-]{2,99}$")] = (
        "claude-sonnet-5-5"
    )
    timeout: int = Field(default=180, ge=1, le=600, description="Seconds for all attempts together")
    region: (
        Annotated[str, StringConstraints(pattern=r"^[a-z]{2,9}(-[a-z0-9]{1,12}){0,3}$")] | None
    ) = Field(
        default=None,
        description="Where it is computed: us or global; of a cloud its region, such as us-east-1",
    )
    project: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9:.-]{3,60}$")] | None = Field(
        default=None, description="Of Vertex"
    )
    resource: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,64}$")] | None = Field(
        default=None, description="Of Foundry"
    )
    profile: Said | None = Field(default=None, description="Of Bedrock: the AWS profile")
    access_key: SecretStr | None = Field(default=None, description="Of Bedrock, with secret_key")
    secret_key: SecretStr | None = None
    session_token: SecretStr | None = None
    retention: bool = False

    @model_validator(mode="after")
    def is_usable(self) -> Self:
        """Refuse a model that keeps its input, and an address with a version in it."""
        if RETAINS.search(self.name) and not self.retention:
            raise ValueError("this model keeps what it is sent for 30 days: set retention: true")
        if self.base_url is None:
            return self
        if self.base_url.rstrip("/").endswith("/v1") and self.provider != "vertex":
            raise ValueError("base_url stands without /v1")
        if not address.private(self.base_url):
            raise ValueError("base_url would send the key readable on its way: use https")
        return self

    @model_validator(mode="after")
    def says_where(self) -> Self:
        """Refuse a provider without what its addresses are made of."""
        if self.provider == "anthropic" and self.region not in {None, "us", "global"}:
            raise ValueError("region is us or global here; clouds have others: set provider")
        if self.provider in {"bedrock", "bedrock_mantle", "vertex"} and not self.region:
            raise ValueError("this provider needs a region")
        if self.provider == "vertex" and not self.project:
            raise ValueError("vertex needs a project")
        if self.provider == "foundry" and not (self.resource or self.base_url):
            raise ValueError("foundry needs a resource")
        if (self.access_key is None) != (self.secret_key is None):
            raise ValueError("access_key and secret_key go together")
        return self
