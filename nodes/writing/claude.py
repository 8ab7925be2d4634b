"""The one place that asks Claude: a question in, an answer that fits a model out.

One deadline holds over all attempts, a long Retry-After is not waited for, and why an answer ended
is looked at before it is read. No word of a question or an answer is in an error or a log line.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError

from nodes import deadline
from nodes.audit import Model, Used, canonical, sha256
from nodes.errors import NotConfigured, UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.http import retry_after
from nodes.settings import ModelEndpoint, settings
from nodes.writing.prompt import Prompt, delimited

if TYPE_CHECKING:
    from anthropic.types import Message

T = TypeVar("T", bound=Model)
ATTEMPTS = 3
PATIENCE = 20.0  # seconds of Retry-After that are waited for
AGAIN = {408, 409, 429, 500, 502, 503, 504, 529}
NO_KEY = (
    "no key for Claude: set ANTHROPIC_API_KEY, or `model: {key: env:NAME}` in the settings file;"
    " only drafts by a model need it"
)
STOPPED = {
    "refusal": "refused",
    "max_tokens": "truncated",
    "model_context_window_exceeded": "too_large",
    None: "truncated",
}


class ModelFailed(UpstreamFailed):
    """The model did not answer usefully; ``code`` says how, without a word of the answer.

    refused, truncated, too_large, invalid_output:<field>, bad_answer, bad_request, unreachable.
    """

    slug = "model-failed"

    def __init__(self, code: str, *, transient: bool = False) -> None:
        """Keep the code."""
        super().__init__(f"the model gave no usable answer: {code}", transient=transient)
        self.code = code


@dataclass(frozen=True)
class Question(Generic[T]):
    """What is asked: instructions, texts that are data and never instructions, the answer's model.

    The schema is kept by the provider apart from the rest: no PHI in names or descriptions.
    """

    prompt: Prompt
    sources: dict[str, str]
    answer: type[T]
    most: int = 16_000


@dataclass(frozen=True)
class Answered(Generic[T]):
    """The answer, which model gave it, and what an audit entry says of prompt and model."""

    value: T
    model: str
    used: tuple[Used, ...]


def ask(
    question: Question[T],
    *,
    endpoint: ModelEndpoint | None = None,
    pause: Callable[[float], None] = sleep,
) -> Answered[T]:
    """Ask; raises NotConfigured without a key, ModelFailed, UpstreamBusy and UpstreamTimeout."""
    where = endpoint or settings().model
    key = key_of(where)
    asked = body(question, where)  # imports the library, which takes a while, before time runs
    with deadline.within(where.timeout):
        message = _Asking(where, key, pause).message(asked)
    text = "".join(block.text for block in message.content if block.type == "text")
    try:
        value = question.answer.model_validate_json(text)
    except ValidationError as error:
        raise ModelFailed(f"invalid_output:{_place(error)}") from None
    named = message.model if isinstance(message.model, str) else where.name
    about = {"name": named, "region": where.region}
    model = Used(kind="model", id=named, version=named, sha256=sha256(canonical(about)))
    return Answered(value, named, (question.prompt.used, model))


def key_of(where: ModelEndpoint) -> str:
    """Find the key; raises NotConfigured when there is none that can be sent."""
    key = where.key.get_secret_value() if where.key else os.environ.get("ANTHROPIC_API_KEY", "")
    key = key.strip()
    if not key:
        raise NotConfigured(NO_KEY)
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise NotConfigured("the key for Claude has characters that no key has")
    return key


def body(question: Question[T], where: ModelEndpoint) -> dict[str, Any]:
    """Make the request: instructions only in ``system``, texts only in marked blocks."""
    from anthropic import transform_schema

    schema = transform_schema(question.answer)
    region = {"inference_geo": where.region} if where.region else {}
    return region | {
        "model": where.name,
        "max_tokens": question.most,
        "system": [{"type": "text", "text": question.prompt.text}],
        "messages": [{"role": "user", "content": delimited(question.sources)}],
        "thinking": {"type": "disabled"},
        "output_config": {"format": {"type": "json_schema", "schema": schema}},
    }


@dataclass(frozen=True)
class _Asking:
    """One question's attempts."""

    where: ModelEndpoint
    key: str
    pause: Callable[[float], None]

    def message(self, asked: dict[str, Any]) -> "Message":
        from anthropic import Anthropic

        from nodes.writing import wire

        quiet()
        with wire.client() as http:
            client = Anthropic(
                api_key=self.key,
                base_url=self.where.base_url,
                max_retries=0,
                timeout=float(self.where.timeout),
                open_telemetry=False,
                http_client=http,
            )
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return checked(_once(client, asked))
                except _Again as again:
                    self._wait(again, attempt)
        raise ModelFailed("unreachable", transient=True)

    def _wait(self, again: "_Again", attempt: int) -> None:
        seconds = float(again.after if again.after is not None else 0.5 * 2**attempt)
        left = 0.0
        with suppress(TimeoutError):
            left = deadline.left()
        if attempt == ATTEMPTS or seconds > min(PATIENCE, left):
            raise again.failure
        self.pause(seconds)


class _Again(Exception):
    """An attempt that may be repeated: after how long, and what it is when it may not."""

    def __init__(self, failure: UpstreamFailed, after: int | None = None) -> None:
        super().__init__()
        self.failure, self.after = failure, after


def _once(client: Any, asked: dict[str, Any]) -> object:
    """Ask once; what goes wrong becomes ours, without the request that it carries."""
    import anthropic

    try:
        return client.messages.create(**asked)
    except anthropic.APIStatusError as error:
        raise failure(error.status_code, error.error_code, error.response.headers) from None
    except anthropic.APITimeoutError:
        raise UpstreamTimeout("the model did not answer in time") from None
    except anthropic.APIConnectionError:
        raise _Again(ModelFailed("unreachable", transient=True)) from None
    except (anthropic.AnthropicError, ValueError):
        raise ModelFailed("bad_answer") from None


def failure(status: int, code: str | None, headers: Any) -> Exception:
    """Say what an HTTP status means here."""
    if status in (401, 403) or code == "contract_spend_limit_reached":
        return NotConfigured("Claude does not accept this key, or its limit is spent")
    if status in (402, 404):
        return NotConfigured("Claude does not offer this model or account: see `model:`")
    if status in AGAIN:
        after = retry_after(headers.get("retry-after"), datetime.now(UTC))
        busy = UpstreamBusy(
            "the model asked to be left alone for a while", after, throttled=status == 429
        )
        return _Again(busy, after)
    return ModelFailed({413: "too_large"}.get(status, "bad_request"))


def quiet() -> None:
    """Keep the client's loggers from writing requests down, whatever the environment asks."""
    for name in ("anthropic", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)


def checked(answer: object) -> "Message":
    """Refuse what is no message, and one that is not whole."""
    from anthropic.types import Message

    if not isinstance(answer, Message) or not isinstance(answer.content, list):
        raise ModelFailed("bad_answer")
    if answer.stop_reason in STOPPED:
        raise ModelFailed(STOPPED[answer.stop_reason])
    if answer.stop_reason not in ("end_turn", "stop_sequence"):
        raise ModelFailed("bad_answer")
    return answer


def _place(error: ValidationError) -> str:
    """Name the first field that is wrong; only names of our own models are said."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]) or "json"
