"""Where Claude is asked: Anthropic itself, or a cloud that runs it; each with its own keys.

Addresses come from the settings alone: the variables by which the library would take another one
are not read. Libraries of a cloud are extras, and imported when that cloud is configured.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from nodes.errors import NotConfigured
from nodes.model_endpoint import ModelEndpoint

NO_KEY = (
    "no key for Claude: set ANTHROPIC_API_KEY, or `model: {key: env:NAME}` in the settings file;"
    " only what a model writes needs it"
)
FAULTS = {
    "boto3": ("botocore.exceptions", "BotoCoreError"),
    "google.auth": ("google.auth.exceptions", "GoogleAuthError"),
}
EXTRAS = {"bedrock": "boto3", "bedrock_mantle": "boto3", "vertex": "google.auth"}


class Unaccepted(NotConfigured):
    """What is configured for Claude is not accepted; ``code`` says what of it."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep the code."""
        super().__init__(detail)
        self.code = code


def configured(where: ModelEndpoint) -> bool:
    """Say whether a model may be asked: a key is there, or a cloud is chosen."""
    return where.provider != "anthropic" or bool(_key(where, "ANTHROPIC_API_KEY"))


def ready(where: ModelEndpoint) -> None:
    """Import what asking takes, and refuse settings that cannot work."""
    import anthropic  # noqa: F401

    if where.provider in {"anthropic", "foundry"} or where.key:
        key_of(where)
    elif not _installed(EXTRAS[where.provider]):
        extra = where.provider.partition("_")[0]
        raise Unaccepted(
            "extra_missing",
            f"`model: provider: {where.provider}` needs `pip install prior-auth-nodes[{extra}]`",
        )


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def faults(where: ModelEndpoint) -> tuple[type[Exception], ...]:
    """Name what a cloud's own library raises when it finds no credentials that hold."""
    if where.provider not in EXTRAS or where.key:
        return ()
    names = FAULTS[EXTRAS[where.provider]]
    return (RuntimeError, getattr(import_module(names[0]), names[1]))


def warm(where: ModelEndpoint) -> None:
    """Import the library once, before requests come, where a model is configured at all."""
    if configured(where):
        import anthropic  # noqa: F401

        from nodes.writing import wire  # noqa: F401


def key_of(where: ModelEndpoint) -> str:
    """Find the key; raises NotConfigured when there is none that can be sent."""
    name = "ANTHROPIC_FOUNDRY_API_KEY" if where.provider == "foundry" else "ANTHROPIC_API_KEY"
    key = _key(where, name)
    if not key:
        raise Unaccepted("no_key", NO_KEY.replace("ANTHROPIC_API_KEY", name))
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise Unaccepted("bad_key", "the key for Claude has characters that no key has")
    return key


def _key(where: ModelEndpoint, name: str) -> str:
    key = where.key.get_secret_value() if where.key else os.environ.get(name, "")
    return key.strip()


@contextmanager
def client(where: ModelEndpoint) -> Iterator[Any]:
    """Make the library's client for this provider, over our own connections."""
    import anthropic

    from nodes.writing import wire

    with wire.client() as http:
        common = {
            "max_retries": 0,
            "timeout": float(where.timeout),
            "open_telemetry": False,
            "http_client": http,
        }
        try:
            made = MAKERS[where.provider](where, common)
        except (anthropic.AnthropicError, ValueError, TypeError):
            raise Unaccepted(
                "not_configured", "`model:` lacks what this provider needs: see the settings"
            ) from None
        yield made


def _anthropic(where: ModelEndpoint, common: dict[str, Any]) -> Any:
    from anthropic import Anthropic

    base = where.base_url or "https://api.anthropic.com"
    return Anthropic(api_key=key_of(where), base_url=base, **common)


def _bedrock(where: ModelEndpoint, common: dict[str, Any]) -> Any:
    from anthropic import AnthropicBedrock

    base = where.base_url or f"https://bedrock-runtime.{where.region}.amazonaws.com"
    return AnthropicBedrock(base_url=base, **_aws(where), **common)


def _mantle(where: ModelEndpoint, common: dict[str, Any]) -> Any:
    from anthropic import AnthropicBedrockMantle

    base = where.base_url or f"https://bedrock-mantle.{where.region}.api.aws/anthropic"
    return AnthropicBedrockMantle(base_url=base, **_aws(where), **common)


def _aws(where: ModelEndpoint) -> dict[str, Any]:
    """Give the credentials of AWS: a bearer key, a key pair, a profile, or those of the machine."""
    given = {"aws_region": where.region, "aws_profile": where.profile}
    if where.key:
        return {"aws_region": where.region, "api_key": key_of(where)}
    if where.access_key and where.secret_key:
        given |= {
            "aws_access_key": where.access_key.get_secret_value(),
            "aws_secret_key": where.secret_key.get_secret_value(),
        }
        if where.session_token:
            given["aws_session_token"] = where.session_token.get_secret_value()
    return given


def _vertex(where: ModelEndpoint, common: dict[str, Any]) -> Any:
    from anthropic import AnthropicVertex

    token: dict[str, Any] = {"access_token": key_of(where)} if where.key else {}
    base = where.base_url or _vertex_address(where.region or "global")
    return AnthropicVertex(
        region=where.region or "global",
        project_id=where.project or "",
        base_url=base,
        **token,
        **common,
    )


def _vertex_address(region: str) -> str:
    if region == "global":
        return "https://aiplatform.googleapis.com/v1"
    if region in {"us", "eu"}:
        return f"https://aiplatform.{region}.rep.googleapis.com/v1"
    return f"https://{region}-aiplatform.googleapis.com/v1"


def _foundry(where: ModelEndpoint, common: dict[str, Any]) -> Any:
    from anthropic import AnthropicFoundry

    base = where.base_url or f"https://{where.resource}.services.ai.azure.com/anthropic/"
    return AnthropicFoundry(api_key=key_of(where), base_url=base, **common)


MAKERS: dict[str, Callable[[ModelEndpoint, dict[str, Any]], Any]] = {
    "anthropic": _anthropic,
    "bedrock": _bedrock,
    "bedrock_mantle": _mantle,
    "vertex": _vertex,
    "foundry": _foundry,
}
