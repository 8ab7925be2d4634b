"""One EHR as an installation's settings describe it: address, credential, vendor.

No request names an address: whatever is called stands here, or in a link of the same origin.
"""

from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints

from nodes.audit import Model

Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$")]
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
    """SMART Backend Services: a signed assertion (private_key_jwt, SMART App Launch 2.2)."""

    kind: Literal["private_key_jwt"]
    client_id: Said
    key: SecretStr = Field(description="RSA or EC P-384 private key, PEM")
    kid: Said = Field(description="The key's id in the key set that the EHR knows")
    token_url: Address | None = Field(
        default=None, description="Without one, what .well-known/smart-configuration says"
    )
    scope: Scope = "system/*.read"


class RefreshToken(Model):
    """A person's consent from an authorization code flow done elsewhere, kept as refresh token."""

    kind: Literal["refresh_token"]
    token_url: Address
    client_id: Said
    secret: SecretStr | None = None
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
    credential: Credential | None = None
    timeout: int = Field(default=20, ge=1, le=120, description="Seconds for the whole fetch")
    rest: Rest | None = None
    soap: Soap | None = None
