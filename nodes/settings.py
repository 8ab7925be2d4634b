"""The installation's own settings: one YAML file, named by PRIOR_AUTH_CONFIG.

No node takes an address from a request: EHRs, payers' channels and keys are configured here
and named in requests. A value ``env:NAME`` is read from the environment, ``file:PATH`` from a
file (relative to the settings file), so that the file itself holds no secret.
"""

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import (
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from nodes.audit import Model, Sha256
from nodes.ehr.account import Address, Ehr, Said
from nodes.errors import NotConfigured
from nodes.model_endpoint import ModelEndpoint
from nodes.principal import Role
from nodes.x12.reading.limits import X12

MAKE_A_KEY = (
    "must have at least 32 characters, made at random: `openssl rand -base64 32`, or"
    ' `python3 -c "import secrets; print(secrets.token_urlsafe(32))"`'
)


class HttpChannel(Model):
    """A clearinghouse or payer that takes X12 over HTTPS POST."""

    kind: Literal["http"]
    url: Address
    token: SecretStr | None = None
    timeout: int = Field(default=30, ge=1, le=120)


class FileChannel(Model):
    """A folder that another program empties (SFTP, fax, clearinghouse client)."""

    kind: Literal["file"]
    folder: str


Channel = Annotated[HttpChannel | FileChannel, Field(discriminator="kind")]


class Signing(Model):
    """The key that signs attestations and draft seals (EC P-256, PEM)."""

    key: SecretStr
    issuer: str = "prior-auth-nodes"
    days: int = Field(default=30, ge=1, le=365, description="How long an attestation holds")


class Token(Model):
    """A bearer token's holder; the token itself is only known by its SHA-256.

    A reviewer is a person. Subjects that begin with ``oidc:`` belong to the identity provider.
    """

    sha256: Sha256
    subject: Said
    name: Said
    kind: Literal["person", "service"]
    roles: tuple[Role, ...]
    title: Annotated[str, StringConstraints(max_length=100)] | None = None
    nodes: tuple[str, ...] | None = None
    expires: date | None = None

    @field_validator("subject")
    @classmethod
    def is_local(cls, subject: str) -> str:
        """Refuse a subject that the identity provider might name."""
        if subject.lower().startswith("oidc:"):
            raise ValueError("subjects that begin with oidc: are the identity provider's")
        return subject

    @model_validator(mode="after")
    def reviews_in_person(self) -> Self:
        """Refuse a service that reviews."""
        if self.kind == "service" and "reviewer" in self.roles:
            raise ValueError("a service cannot have the role reviewer: reviewers are persons")
        return self


class Oidc(Model):
    """An identity provider whose JWTs are accepted."""

    issuer: Said
    audience: Said
    jwks_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s#]+$")] | None = None
    jwks: str | None = Field(default=None, description="The key set itself, as file:PATH")
    roles_claim: str = "roles"
    roles: tuple[tuple[str, Role], ...] = Field(
        default=(), description="Pairs: value of the claim, role here; no pair, no role"
    )


class Review(Model):
    """Where the review pages find the queue and the packets: two webhooks of n8n."""

    queue_url: str
    packet_url: str
    token: SecretStr | None = Field(default=None, description="Sent in X-Review-Token")
    resume_origin: str = Field(description="Only URLs of this origin are resumed")
    session_key: SecretStr = Field(description="Signs the session's cookie; 32 characters or more")

    @field_validator("session_key")
    @classmethod
    def is_long(cls, key: SecretStr) -> SecretStr:
        """Refuse a key that could be guessed."""
        if len(key.get_secret_value()) < 32:
            raise ValueError(MAKE_A_KEY)
        return key


class Settings(Model):
    """All settings; every part is optional, a node without its part says so."""

    ehrs: dict[str, Ehr] = Field(default_factory=dict)
    channels: dict[str, Channel] = Field(default_factory=dict)
    signing: Signing | None = None
    tokens: tuple[Token, ...] = ()
    oidc: Oidc | None = None
    review: Review | None = None
    model: ModelEndpoint = Field(
        default=ModelEndpoint(), description="Claude, for what a model writes"
    )
    payers: Said | None = Field(
        default=None, description="Folder of the installation's own payer profiles, <id>.yaml"
    )
    vendors: Said | None = Field(
        default=None, description="Folder of the installation's own EHR vendor files, <id>.yaml"
    )
    requirements: Said | None = Field(
        default=None, description="Folder of the installation's own requirement tables, <id>.yaml"
    )
    policies: Said | None = Field(
        default=None,
        description="Folder of the installation's own policies, *.yaml: added to the shipped ones,"
        " or in place of those of the same id and version",
    )
    references: Said | None = Field(
        default=None,
        description="File of texts that letters may cite beside those shipped, in the form of"
        " nodes/writing/references.yaml",
    )
    prompts: Said | None = Field(
        default=None,
        description="Folder of the installation's own prompts, <id>.md, each in place of the"
        " shipped one of that id",
    )
    forms: Said | None = Field(
        default=None,
        description="Folder of payers' PDF forms, <template>/form.pdf, and of the installation's"
        " own templates, <template>/mapping.yaml (also: environment PRIOR_AUTH_FORMS)",
    )
    sandbox: bool = False
    x12: X12 = Field(default=X12(), description="How much X12 is read at most")
    max_body_mb: int = Field(
        default=32,
        ge=1,
        le=512,
        description="Largest body of a request, in 1,048,576 bytes; 32 takes files of 20 MB in all,"
        " as base64, beside a case. A worker may hold two such texts for each of its threads",
    )


def load(path: Path) -> Settings:
    """Read a settings file; a fault names its place in the file, never its value."""
    try:
        return Settings.model_validate_json(plain(path))
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        raise NotConfigured(f"settings: {place}: {said}") from None


def plain(path: Path) -> str:
    """Give a settings file as JSON, its references replaced by what they point at."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        data = {} if data is None else data
        if not isinstance(data, dict):
            raise NotConfigured(
                "the settings file must be a mapping of names such as `tokens:` and `ehrs:`"
            )
        return json.dumps(resolve(data, path.parent), default=str)
    except OSError as error:
        raise NotConfigured(
            f"the settings file {path}, which PRIOR_AUTH_CONFIG names, cannot be read:"
            f" {error.strerror}"
        ) from None
    except RecursionError:
        raise NotConfigured("the settings file is nested too deeply, or refers to itself") from None
    except (ValueError, TypeError, yaml.YAMLError):
        raise NotConfigured("the settings file cannot be read as YAML") from None


def resolve(value: Any, folder: Path) -> Any:
    """Replace ``env:`` and ``file:`` references by what they point at."""
    if isinstance(value, dict):
        return {key: resolve(item, folder) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item, folder) for item in value]
    if isinstance(value, str) and value.startswith("env:"):
        if value[4:] not in os.environ:
            raise NotConfigured(f"settings: the environment variable {value[4:]} is not set")
        return os.environ[value[4:]]
    if isinstance(value, str) and value.startswith("file:"):
        try:
            return (folder / value[5:]).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            raise NotConfigured(f"settings: the file {value[5:]} cannot be read") from None
    return value


@cache
def settings() -> Settings:
    """Load the settings once per process; without PRIOR_AUTH_CONFIG they are empty."""
    path = os.environ.get("PRIOR_AUTH_CONFIG")
    return load(Path(path)) if path else Settings()
