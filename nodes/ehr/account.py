"""One EHR as an installation's settings describe it: address, credential, vendor.

No request names an address: whatever is called stands here, or in a link of the same origin.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)

from nodes.audit import Model
from nodes.ehr import address, assertion

IN_CLEAR = "would send a credential readable on its way: use https, or say `insecure: true`"


def plain(url: str) -> str:
    """Refuse an address that two libraries might read differently."""
    if address.origin(url) is None:
        raise ValueError("must be like https://host:port/path, in ASCII, without user or password")
    return url


Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$"), AfterValidator(plain)]
Said = Annotated[str, StringConstraints(pattern=r"\S", max_length=200)]
Scope = Annotated[str, StringConstraints(pattern=r"\S", max_length=2000)]


class Bearer(Model):
    """A token that somebody else renews."""

    kind: Literal["bearer"]
    token: SecretStr


class ClientSecret(Model):
    """OAuth 2 client credentials with a secret."""

    kind: Literal["client_secret"]
    client_id: Said
    secret: SecretStr
    token_url: Address | None = Field(
        default=None, description="Without one, what .well-known/smart-configuration says"
    )
    scope: Scope | None = None
    sent: Literal["basic", "post"] = Field(
        default="basic", description="Secret in the Authorization header, or in the form"
    )


class PrivateKey(Model):
    """SMART Backend Services: a signed assertion (private_key_jwt, SMART App Launch 2.2).

    An RSA key (2048 bits or more) signs RS384, an EC key on P-384 signs ES384.
    """

    kind: Literal["private_key_jwt"]
    client_id: Said
    key: SecretStr = Field(description="RSA or EC P-384 private key, PEM")
    kid: Said = Field(description="The key's id in the key set that the EHR knows")
    token_url: Address | None = Field(
        default=None, description="Without one, what .well-known/smart-configuration says"
    )
    scope: Scope = "system/*.read"

    @field_validator("key")
    @classmethod
    def signs(cls, key: SecretStr) -> SecretStr:
        """Refuse what is no key that SMART servers take, with what is wrong with it."""
        assertion.read(key.get_secret_value())
        return key


class RefreshToken(Model):
    """A person's consent from an authorization code flow done elsewhere, kept as refresh token."""

    kind: Literal["refresh_token"]
    token_url: Address
    client_id: Said
    secret: SecretStr | None = None
    sent: Literal["basic", "post"] = Field(
        default="post", description="Secret in the Authorization header, or in the form"
    )
    refresh_token: SecretStr


Credential = Annotated[
    Bearer | ClientSecret | PrivateKey | RefreshToken, Field(discriminator="kind")
]


class Rest(Model):
    """A vendor's own REST API beside FHIR, with its own credential (DrChrono v4)."""

    base_url: Address
    credential: Credential


class Soap(Model):
    """A vendor's SOAP API (Tebra): a customer key, and a user of the practice."""

    url: Address
    customer_key: SecretStr
    user: SecretStr
    password: SecretStr
    practice: Said


class Ehr(Model):
    """An EHR's FHIR R4 endpoint, and what else its vendor offers."""

    base_url: Address
    vendor: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9\-]{0,62}$")] = "generic"
    aliases: tuple[Address, ...] = Field(
        default=(),
        description="Other base URLs by which its references and next links name this same EHR, "
        "as behind a gateway; never called",
    )
    credential: Credential | None = None
    timeout: int = Field(default=20, ge=1, le=120, description="Seconds for the whole fetch")
    rest: Rest | None = None
    soap: Soap | None = None
    webhook_secret: SecretStr | None = Field(
        default=None, description="Secret token of the webhooks that this EHR sends (DrChrono)"
    )
    budget: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="This process' part of what the vendor allows: with four workers, 0.25",
    )
    insecure: bool = Field(
        default=False, description="Send credentials without TLS beyond this machine"
    )

    @model_validator(mode="after")
    def keeps_secrets(self) -> Self:
        """Refuse to send a credential where others can read it."""
        for name, url in self._told_secrets():
            if not (self.insecure or address.private(url)):
                raise ValueError(f"{name} {IN_CLEAR}")
        return self

    def _told_secrets(self) -> Iterator[tuple[str, str]]:
        if self.credential:
            yield "base_url", self.base_url
            yield from _token_urls("credential", self.credential)
        if self.rest:
            yield "rest.base_url", self.rest.base_url
            yield from _token_urls("rest.credential", self.rest.credential)
        if self.soap:
            yield "soap.url", self.soap.url


def _token_urls(name: str, credential: Credential) -> Iterator[tuple[str, str]]:
    if not isinstance(credential, Bearer) and credential.token_url:
        yield f"{name}.token_url", credential.token_url
